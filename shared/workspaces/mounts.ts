import { z } from 'zod'
import { configPath, promptPath } from '../files/paths.ts'
import type { WorkspaceId } from '../kernel/ids.ts'
import { isLike } from '../kernel/is-like.ts'
import type { ContactPolicy } from '../orgs/contract.ts'
import { canCommunicate, explainContact, type ParentOf } from './can-communicate.ts'

/** Where files of others lie for an agent's file tools. */
export const mountRoot = 'mounts/'

/** One other workspace whose files this one may reach. */
const Grant = z.strictObject({
  workspace: z.string().trim().min(1, 'Name the workspace.').max(120).describe('Name or id of the other workspace.'),
  mount: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use a-z, 0-9 and hyphens, at most 40.')
    .optional()
    .describe('Its files lie under mounts/<mount>/. Default: made of the name.'),
  paths: z
    .array(z.string().min(1).max(240))
    .min(1, 'Name at least one path, or leave it out for all.')
    .max(50)
    .optional()
    .describe('Files, by path or pattern. Default: all but its prompt and config, which must be named.'),
  mode: z.enum(['read_only', 'read_write']).optional().describe('Default read_only.'),
})
type Grant = z.infer<typeof Grant>

/** Which files of others a workspace may reach. The words are those of other systems, where a folder of the host is meant. */
export const WorkspaceAccess = z.union([z.array(Grant).max(20), z.enum(['none', 'read_only', 'read_write'])], {
  error: 'Write none, or a list of workspaces, each with workspace and, if need be, mount, paths and mode.',
})
export type WorkspaceAccess = z.infer<typeof WorkspaceAccess>

/** A grant as it holds now. */
export type Mount = {
  mount: string
  asked: string
  mode: 'read_only' | 'read_write'
  paths: readonly string[] | null
} & ({ isOpen: true; workspaceId: WorkspaceId; name: string } | { isOpen: false; why: string })

type Known = {
  self: { id: WorkspaceId; name: string }
  workspaces: readonly { id: WorkspaceId; name: string }[]
  parentOf: ParentOf
  policy: ContactPolicy
}

/** A grant opens only where the org chart lets the two talk: whoever is moved out of reach is out of reach for files too. */
export function mountsOf(access: WorkspaceAccess | undefined, known: Known): Mount[] {
  if (!Array.isArray(access)) return []
  const taken = new Set<string>()
  return access.map((grant) => {
    const mount = grant.mount ?? mountName(grant.workspace)
    const base = { mount, asked: grant.workspace, mode: grant.mode ?? 'read_only', paths: grant.paths ?? null }
    const target = taken.has(mount)
      ? { why: `another one lies under ${mountRoot}${mount} already` }
      : find(grant, known)
    taken.add(mount)
    return 'why' in target
      ? { ...base, isOpen: false, why: target.why }
      : { ...base, isOpen: true, workspaceId: target.id, name: target.name }
  })
}

/** Is this one of the other's files granted? Prompt and config only where they are named in full. */
export function isGranted({ paths }: Pick<Mount, 'paths'>, path: string): boolean {
  if (path === promptPath || path === configPath) return paths?.includes(path) === true
  return paths === null || paths.some((pattern) => isLike(pattern, path))
}

/** The path of a granted file as the agent names it, taken apart; undefined for its own files. */
export function inMount(path: string): { mount: string; path: string } | undefined {
  if (!path.startsWith(mountRoot)) return undefined
  const rest = path.slice(mountRoot.length)
  const at = rest.indexOf('/')
  return at < 0 ? { mount: rest, path: '' } : { mount: rest.slice(0, at), path: rest.slice(at + 1) }
}

/** "Web Research" → web-research. */
function mountName(workspace: string): string {
  const name = workspace.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return name.replace(/^-+|-+$/g, '').slice(0, 40) || 'other'
}

function find({ workspace }: Grant, known: Known): { id: WorkspaceId; name: string } | { why: string } {
  const { self, workspaces, parentOf, policy } = known
  const asked = workspace.trim().toLowerCase()
  const meant = workspaces.filter(({ id, name }) => id === asked || name.trim().toLowerCase() === asked)
  if (meant.length === 0) return { why: `there is no workspace ${workspace}` }
  const inReach = meant.filter(({ id }) => canCommunicate(self.id, id, parentOf, policy).allowed && id !== self.id)
  const [only, second] = inReach
  if (second) return { why: `several in reach are called ${workspace}; write the id` }
  if (only) return only
  const [first] = meant
  if (!first || first.id === self.id) return { why: 'it is this workspace itself' }
  return { why: explainContact(canCommunicate(self.id, first.id, parentOf, policy), self.name, first.name) }
}
