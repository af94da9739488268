export { selectOverrides } from './price-store.ts'
export { reserve } from './reserve.ts'
export { settle } from './settle.ts'
export { wakeBudgetWaits } from './wake-waits.ts'
