import type { Change } from '#shared/acts/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { descendantsOf } from '#shared/workspaces/chart.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { setFilePath, setFileState } from '../files/index.ts'
import { checkMoves } from '../moves/index.ts'
import {
  controlTeam,
  isSamePlace,
  loadChart,
  lockWorkspace,
  type OrgChart,
  readSeats,
  removeWorkspaces,
  requireWorkspace,
  restoreDeleted,
  setName,
  setParent,
  setPlaces,
} from '../workspaces/index.ts'

type Of<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

/** Makes one change where all is still as it was left; else it throws a conflict that says what is not. */
export async function applyChange(tx: Tx, context: OrgContext, change: Change): Promise<void> {
  switch (change.kind) {
    case 'life':
      return change.to === 'there' ? await bringBack(tx, change) : await takeAway(tx, change)
    case 'seat':
      return await seat(tx, change)
    case 'place':
      return await place(tx, change)
    case 'name':
      return await rename(tx, context, change)
    case 'mark':
      return await mark(tx, change)
    case 'file':
      return await setFileState(tx, { ...change, by: context.actor })
    case 'path':
      return await setFilePath(tx, change)
    default:
      return change satisfies never
  }
}

async function takeAway(tx: Tx, { workspaceIds }: Of<'life'>): Promise<void> {
  const chart = await loadChart(tx)
  const going = new Set(workspaceIds)
  requireLiving(chart, workspaceIds)
  for (const id of workspaceIds) {
    const stranger = descendantsOf(chart, id).find((below) => !going.has(below))
    if (stranger === undefined) continue
    throw changed(`${nameIn(chart, stranger)} stands below ${nameIn(chart, id)} now.`, 'Move it away first.')
  }
  await removeWorkspaces(tx, workspaceIds)
}

async function bringBack(tx: Tx, { workspaceIds }: Of<'life'>): Promise<void> {
  const { restored, rooted } = await restoreDeleted(tx, workspaceIds)
  if (restored.length < workspaceIds.length) throw changed('Some of them are there again already.')
  const [lost] = rooted
  if (lost === undefined) return
  const { name } = await requireWorkspace(tx, lost)
  throw changed(`The place of ${name} in the chart is not there any more.`, 'Bring back the workspace above it first.')
}

async function seat(tx: Tx, { moves }: Of<'seat'>): Promise<void> {
  const chart = await loadChart(tx)
  const ids = moves.map(({ workspaceId }) => workspaceId)
  requireLiving(chart, ids)
  const now = new Map((await readSeats(tx, ids)).map(({ id, position }) => [id, position]))
  for (const { workspaceId, from } of moves) {
    if (!isSamePlace(now.get(workspaceId) ?? null, from.position)) throw putElsewhere(chart, workspaceId)
  }
  checkMoves(
    chart,
    moves.map(({ workspaceId, from, to }) => ({
      ...{ workspaceId, toParentId: to.parentId, position: to.position },
      expectedParentId: from.parentId,
    })),
  )
  for (const { workspaceId, from, to } of moves) {
    const { parentId: toParentId, position } = to
    await setParent(tx, { workspaceId, fromParentId: from.parentId, toParentId, position })
  }
}

async function place(tx: Tx, { placements }: Of<'place'>): Promise<void> {
  const chart = await loadChart(tx)
  requireLiving(
    chart,
    placements.map(({ workspaceId }) => workspaceId),
  )
  const wanted = placements.map(({ workspaceId, to }) => ({ workspaceId, position: to }))
  const were = new Map((await setPlaces(tx, wanted)).map((one) => [one.workspaceId, one.from]))
  for (const { workspaceId, from } of placements) {
    if (!isSamePlace(were.get(workspaceId) ?? null, from)) throw putElsewhere(chart, workspaceId)
  }
}

async function rename(tx: Tx, context: OrgContext, { workspaceId, from, to }: Of<'name'>): Promise<void> {
  requireLiving(await loadChart(tx), [workspaceId])
  await lockWorkspace(tx, workspaceId)
  const { name } = await requireWorkspace(tx, workspaceId)
  if (name !== from) throw changed(`${from} is called ${name} now.`)
  await setName(tx, context, { workspaceId, name: to })
}

const verbs = {
  paused: { set: 'pause', lift: 'resume', is: 'paused' },
  frozen: { set: 'freeze', lift: 'unfreeze', is: 'frozen' },
} as const

async function mark(tx: Tx, { mark: kind, workspaceIds, to }: Of<'mark'>): Promise<void> {
  const chart = await loadChart(tx)
  requireLiving(chart, workspaceIds)
  const { set, lift, is } = verbs[kind]
  for (const id of workspaceIds) {
    if (await controlTeam(tx, id, to ? set : lift)) continue
    throw changed(`${nameIn(chart, id)} is ${to ? '' : 'not '}${is} ${to ? 'already' : 'any more'}.`)
  }
}

function requireLiving(chart: OrgChart, ids: readonly WorkspaceId[]): void {
  const gone = ids.filter((id) => !chart.byId.has(id)).length
  if (gone === 0) return
  throw changed(
    gone === 1 ? 'One of its workspaces was deleted since.' : `${gone} of its workspaces were deleted since.`,
  )
}

function putElsewhere(chart: OrgChart, id: WorkspaceId): AppError {
  return changed(`${nameIn(chart, id)} was put elsewhere since.`)
}

function changed(message: string, fix = 'Nothing was changed.'): AppError {
  return new AppError('conflict', message, { fix })
}

function nameIn(chart: OrgChart, id: WorkspaceId): string {
  return chart.byId.get(id)?.name ?? ''
}
