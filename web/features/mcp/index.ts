export { followMcp } from './cache.ts'
