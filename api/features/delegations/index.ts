export { delegate } from './delegate.ts'
export { countAlive } from './delegation-store.ts'
