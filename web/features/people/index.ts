export { followPeople } from './cache.ts'
