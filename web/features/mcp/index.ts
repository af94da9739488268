export { followMcp } from './cache.ts'
export { WorkspaceMcp } from './workspace-mcp.tsx'
