export { projectAt } from './project-logs.ts'
