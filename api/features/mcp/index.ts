export { readAllTools, readGivenTools } from './given.ts'
export { closeLinks } from './links.ts'
export { mcpTools } from './tools.ts'
