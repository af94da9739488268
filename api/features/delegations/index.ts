export { delegate, delegateIn } from './delegate.ts'
export { countAlive } from './delegation-store.ts'
export { getLog } from './get-log.ts'
export { replayAll, replayDelegation } from './replay-delegation.ts'
