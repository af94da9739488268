export { delegate, delegateIn } from './delegate.ts'
export { countAlive } from './delegation-store.ts'
