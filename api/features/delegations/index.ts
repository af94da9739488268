export { delegate, delegateIn } from './delegate.ts'
export { countAlive } from './delegation-store.ts'
export { replayAll, replayDelegation } from './replay-delegation.ts'
