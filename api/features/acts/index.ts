export { recordAct } from './record-act.ts'
export { findAct, latestActs, turnAct } from './store.ts'
