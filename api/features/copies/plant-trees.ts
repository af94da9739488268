import { maxCopied } from '#shared/copies/contract.ts'
import { takeFreeName } from '#shared/copies/free-name.ts'
import { configPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { canHold, explainHolding } from '#shared/workspaces/can-hold.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { insertWorkspaces, type NewWorkspace, newWorkspaceId, type OrgChart, withName } from '../workspaces/index.ts'
import type { Tree } from './read-trees.ts'

type Planting = { chart: OrgChart; heads: readonly { parentId: WorkspaceId | null; tree: Tree }[]; by: Actor }

/** Makes the teams anew, under names that nobody has yet. The caller holds the chart. */
export async function plantTrees(tx: Tx, { chart, heads, by }: Planting): Promise<NewWorkspace[]> {
  const taken = new Set(chart.workspaces.map(({ name }) => name))
  const workspaces = heads.flatMap(({ parentId, tree }) => {
    requireRoomBelow(chart, parentId, tree)
    return listed(tree, parentId, taken)
  })
  if (workspaces.length > maxCopied) {
    throw new AppError('too-large', `These are ${workspaces.length} workspaces; ${maxCopied} can be pasted at once.`, {
      fix: 'Paste fewer teams at a time, or import them as a template.',
    })
  }
  await insertWorkspaces(tx, { by, workspaces })
  return workspaces
}

/** Parents before their children. */
function listed(tree: Tree, parentId: WorkspaceId | null, taken: Set<string>): NewWorkspace[] {
  const id = newWorkspaceId()
  const name = takeFreeName(tree.name, taken)
  const { role, position, files, below } = tree
  const renamed = files.map((file) => (file.path === configPath ? { ...file, text: withName(file.text, name) } : file))
  const made = { id, name, parentId, position, role, template: null, files: renamed }
  return [made, ...below.flatMap((child) => listed(child, id, taken))]
}

function requireRoomBelow(chart: OrgChart, parentId: WorkspaceId | null, tree: Tree): void {
  if (parentId === null) return
  const verdict = canHold(chart, parentId, levelsOf(tree))
  if (verdict.allowed) return
  throw new AppError(verdict.reason === 'unknown-parent' ? 'not-found' : 'bad-input', explainHolding(verdict.reason), {
    field: 'parentId',
    fix: 'Choose another parent.',
  })
}

function levelsOf({ below }: Tree): number {
  return 1 + below.reduce((deepest, child) => Math.max(deepest, levelsOf(child)), 0)
}
