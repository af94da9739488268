export { recordAct } from './record-act.ts'
export { findAct, findDone, latestActs, turnAct } from './store.ts'
