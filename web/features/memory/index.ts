export { followMemory } from './cache.ts'
export { MemoryTab } from './memory-tab.tsx'
export { PlanView } from './plan-view.tsx'
