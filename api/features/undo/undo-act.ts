import type { ActInput, Change } from '#shared/acts/contract.ts'
import { turnAround } from '#shared/acts/turn-around.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { Permission } from '#shared/policies.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import { findAct, turnAct } from '../acts/index.ts'
import { lockChart } from '../workspaces/index.ts'
import { applyChange } from './apply-change.ts'

type Asked = Pick<ActInput, 'actId'>

/** Takes back an act of this person, whole or not at all: where its ground has changed it says why and changes nothing. */
export async function undoAct(context: OrgContext, { actId }: Asked): Promise<{ name: string }> {
  return await turn(context, { actId, isUndone: true, way: turnAround })
}

/** Does again what was taken back, under the same condition. */
export async function redoAct(context: OrgContext, { actId }: Asked): Promise<{ name: string }> {
  return await turn(context, { actId, isUndone: false, way: (changes) => changes })
}

type Turn = Asked & { isUndone: boolean; way: (changes: readonly Change[]) => readonly Change[] }

async function turn(context: OrgContext, { actId, isUndone, way }: Turn): Promise<{ name: string }> {
  requireMay(context, 'workspaces.read')
  const { actor } = context
  if (actor.kind !== 'person') throw noAct()
  const name = await inTransaction(context, async (tx) => {
    await lockChart(tx)
    const act = await findAct(tx, actor.userId, actId)
    if (!act) throw noAct()
    if (act.isUndone === isUndone) throw already(isUndone)
    for (const change of way(act.changes)) {
      requireMay(context, permissionFor(change))
      await applyChange(tx, context, change)
    }
    if (!(await turnAct(tx, actId, isUndone))) throw already(isUndone)
    return act.name
  })
  hint(context.db, { kind: 'work' })
  return { name }
}

const permissions = {
  life: 'workspaces.delete',
  seat: 'workspaces.move',
  place: 'workspaces.move',
  name: 'workspaces.edit',
  mark: 'workspaces.control',
  file: 'files.edit',
  path: 'files.edit',
} as const satisfies Record<Change['kind'], Permission>

/** Who takes back a new file deletes it. */
function permissionFor(change: Change): Permission {
  return change.kind === 'file' && change.to === null ? 'files.delete' : permissions[change.kind]
}

function noAct(): AppError {
  return new AppError('not-found', 'There is no such act of yours to undo any more.')
}

function already(isUndone: boolean): AppError {
  return new AppError('conflict', isUndone ? 'This was undone already.' : 'This was done again already.')
}
