export { selectOverrides } from './price-store.ts'
export { reserve } from './reserve.ts'
export { type Settle, settle } from './settle.ts'
export { wakeBudgetWaits } from './wake-waits.ts'
