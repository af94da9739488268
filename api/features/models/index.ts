export { selectAliases } from './alias-store.ts'
export { readPlan } from './read-plan.ts'
