export { type Ask, gate } from './gate.ts'
export { selectDecided as decisionsOf, selectRules } from './store.ts'
export { withdraw } from './withdraw.ts'
