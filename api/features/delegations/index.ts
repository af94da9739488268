export { type DelegateInput, delegate } from './delegate.ts'
export { countAlive } from './delegation-store.ts'
