import { AppError } from '#shared/kernel/app-error.ts'
import type { SnapshotId, UserId } from '#shared/kernel/ids.ts'
import { OrgName } from '#shared/orgs/contract.ts'
import type { RestoredOrg, SnapshotRow } from '#shared/snapshots/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import type { Db, Tx } from '../../kernel/db.ts'
import { createOrgWith } from '../orgs/index.ts'
import { openSnapshot } from './list-snapshots.ts'
import { type CheckedFile, checkSnapshotFile, newer, readSlices } from './read-file.ts'
import { newIds, rekey } from './rekey.ts'
import {
  insertReady,
  readColumns,
  restoreOrg,
  restoreRows,
  selectRestoredWork,
  selectRestoredWorkspaces,
} from './restore-store.ts'
import { type Restoring, snapshotTables } from './tables-store.ts'

type Wish = { owner: { id: UserId; name: string }; name?: string | undefined }

/**
 * Makes a fresh org from a snapshot's file; the person owns it. Everything in it has new ids, wherever they stood. Its roots
 * are paused, so nothing runs until somebody resumes them; work that was under way then goes on from its last recorded step.
 */
export async function restoreSnapshot(db: Db, file: Buffer, { owner, name }: Wish): Promise<RestoredOrg> {
  const checked = await checkSnapshotFile(file)
  const named = OrgName.safeParse(name ?? `${checked.header.orgName.slice(0, 109)} (restored)`)
  if (!named.success) throw new AppError('bad-input', 'Give the organisation a name.', { field: 'name' })
  const { context, filled } = await createOrgWith(db, { name: named.data, owner }, (tx) => fill(tx, file, checked))
  return { orgId: context.orgId, name: named.data, alive: filled }
}

/** The same from a snapshot that the org keeps. */
export async function restoreKept(
  context: OrgContext,
  input: { snapshotId: SnapshotId; name?: string | undefined },
): Promise<RestoredOrg> {
  const { actor } = context
  requireMay(context, 'snapshots.restore')
  if (actor.kind !== 'person') throw new AppError('forbidden', 'Only a person restores a snapshot.')
  const { file } = await openSnapshot(context, input.snapshotId)
  const chunks: Buffer[] = []
  for await (const chunk of file) chunks.push(chunk)
  const owner = { id: actor.userId, name: actor.name }
  return await restoreSnapshot(context.db, Buffer.concat(chunks), { owner, name: input.name })
}

/** Gives how many delegations have not ended. */
async function fill(tx: Tx, file: Buffer, { header, ids: old }: CheckedFile): Promise<number> {
  const ids = new Map([...newIds(old), [header.orgId, tx.orgId]])
  const tables = new Map(snapshotTables.map((table) => [table.name, table]))
  const columns = await readColumns(tx, [...tables.keys()])
  const restoring = restoringSince(header.takenAt)
  for await (const { table: name, rows } of readSlices(file, (line) => rekey(line, ids))) {
    const table = tables.get(name)
    if (!table) throw newer()
    requireKnown(rows, columns.get(name))
    const restored = rows.map((row) => table.asRestored?.(row, restoring) ?? row)
    if (name === 'orgs') for (const row of restored) await restoreOrg(tx, row)
    else await restoreRows(tx, name, restored)
  }
  await insertReady(tx)
  tx.tell({ type: 'snapshot.restored', payload: { snapshotId: header.id } })
  await tellChart(tx)
  return await tellWork(tx)
}

function restoringSince(takenAt: string): Restoring {
  const now = Date.now()
  const lay = Math.max(now - Date.parse(takenAt), 0)
  return {
    at: new Date(now).toISOString(),
    later: (time) => (typeof time === 'string' ? new Date(Date.parse(time) + lay).toISOString() : time),
  }
}

/** A column that this installation does not have would be lost without a word. */
function requireKnown(rows: readonly SnapshotRow['row'][], known: ReadonlySet<string> | undefined): void {
  const names = new Set(rows.flatMap((row) => Object.keys(row)))
  if (!known || [...names].some((name) => !known.has(name))) throw newer()
}

/** The new org's log begins with what is there, so that its past can be shown like any other's. */
async function tellChart(tx: Tx): Promise<void> {
  const workspaces = await selectRestoredWorkspaces(tx)
  for (const { id: workspaceId, ...rest } of workspaces) {
    tx.tell({ type: 'workspace.created', payload: { workspaceId, ...rest } })
  }
  for (const { id: workspaceId, parentId } of workspaces) {
    if (parentId === null) tx.tell({ type: 'workspace.paused', payload: { workspaceId } })
  }
}

async function tellWork(tx: Tx): Promise<number> {
  const alive = await selectRestoredWork(tx)
  for (const { id: delegationId, waitingFor, chain, parentId, rootId, priority, ...places } of alive) {
    const of = { delegationId, ...places }
    tx.tell({ type: 'delegation.queued', payload: { ...of, parentId, rootId, priority } }, chain)
    if (waitingFor) tx.tell({ type: 'delegation.waiting', payload: { ...of, waitingFor } }, chain)
  }
  return alive.length
}
