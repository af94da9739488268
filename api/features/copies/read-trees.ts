import { maxCopied, type TakeCopy } from '#shared/copies/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import type { Reader } from '../../kernel/db.ts'
import { loadChart, type OrgChart, readSeats } from '../workspaces/index.ts'
import { selectTexts } from './store.ts'

/** A workspace to be made, with those below it: what a copy is while it is neither here nor there. */
export type Tree = {
  name: string
  role: string
  model: string | undefined
  position: Position | null
  files: readonly { path: string; text: string }[]
  below: readonly Tree[]
}

/** The chosen workspaces that stand below no other chosen one, with all below them and their files as they are. */
export async function readTrees(
  reader: Reader,
  { workspaceIds }: Pick<TakeCopy, 'workspaceIds'>,
): Promise<{ chart: OrgChart; heads: { parentId: WorkspaceId | null; tree: Tree }[] }> {
  const chart = await loadChart(reader)
  const heads = headsOf(chart, workspaceIds)
  const all = heads.flatMap((head) => teamOf(chart, head))
  if (all.length > maxCopied) {
    throw new AppError('too-large', `These are ${all.length} workspaces; ${maxCopied} can be copied at once.`, {
      fix: 'Copy fewer teams at a time.',
    })
  }
  const [texts, seats] = await Promise.all([selectTexts(reader, all), readSeats(reader, all)])
  const files = Map.groupBy(texts, ({ workspaceId }) => workspaceId)
  const places = new Map(seats.map(({ id, position }) => [id, position]))
  const treeOf = (id: WorkspaceId): Tree => ({
    name: chart.byId.get(id)?.name ?? '',
    role: chart.byId.get(id)?.role ?? '',
    model: undefined,
    position: places.get(id) ?? null,
    files: (files.get(id) ?? []).map(({ path, text }) => ({ path, text })),
    below: chart.childrenOf(id).map(treeOf),
  })
  return { chart, heads: heads.map((id) => ({ parentId: chart.parentOf(id) ?? null, tree: treeOf(id) })) }
}

function headsOf(chart: OrgChart, chosen: readonly WorkspaceId[]): WorkspaceId[] {
  const known = [...new Set(chosen)]
  for (const id of known) {
    if (!chart.byId.has(id)) throw new AppError('not-found', 'There is no such workspace.')
  }
  const among = new Set(known)
  return known.filter((id) => {
    let above = chart.parentOf(id)
    while (above && !among.has(above)) above = chart.parentOf(above)
    return !above
  })
}

function teamOf(chart: OrgChart, head: WorkspaceId): WorkspaceId[] {
  return [head, ...chart.childrenOf(head).flatMap((child) => teamOf(chart, child))]
}
