export { countTeamMemories } from './store.ts'
