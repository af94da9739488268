/** How much an endpoint costs: reads, writes, and what moves a whole org, asks others or makes keys. */
export type EndpointClass = 'read' | 'write' | 'expensive'

/** Procedures that cost more than a row or two. A new one of that kind is named here. */
const expensive = new Set([
  'snapshots.take',
  'snapshots.restore',
  'templates.createOrg',
  'secrets.test',
  'secrets.rotateKeys',
  'models.test',
  'mcp.try',
  'keys.create',
  'keys.rotateToken',
  'people.invite',
  'replays.compare',
  'replays.fork',
  'audit.verify',
])

/** Changes that cost no more than a look, and are asked for while somebody only moves a cursor. */
const light = new Set(['drafts.here', 'drafts.gone'])

export function classOf(path: string, type: 'query' | 'mutation' | 'subscription'): EndpointClass {
  if (expensive.has(path)) return 'expensive'
  return type === 'mutation' && !light.has(path) ? 'write' : 'read'
}
