import { AppError } from '#shared/kernel/app-error.ts'
import { SnapshotId } from '#shared/kernel/ids.ts'
import { type Snapshot, type SnapshotHeader, snapshotVersion } from '#shared/snapshots/contract.ts'
import { maxSnapshotsPerOrg } from '#shared/snapshots/limits.ts'
import { actorName, eventActor, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, type Reader, type Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireSnapshot } from './list-snapshots.ts'
import { countSnapshots, insertChunk, insertSnapshot, readOrg } from './store.ts'
import { type Written, writeSnapshotFile } from './write-file.ts'

const chunkBytes = 1024 * 1024

/**
 * Keeps a copy of the org at one moment: workspaces, the newest version of each file, templates, memories, budgets, rules,
 * schedules, work that is alive with all its steps and the newest that has ended. It only reads, in one snapshot of the
 * database, so nothing waits for it. Secrets, sessions, keys, members and the log are not in it.
 */
export async function takeSnapshot(context: OrgContext, input: { name?: string | undefined } = {}): Promise<Snapshot> {
  requireMay(context, 'snapshots.take')
  const copy = await copyOrg(context, async (reader) => requireRoom(await countSnapshots(reader)))
  const name = input.name ?? copy.header.orgName
  return await inTransaction(context, (tx) => keep(tx, context, { name, ...copy }))
}

/** The same as a file that is not kept here. */
export async function exportSnapshot(context: OrgContext): Promise<{ header: SnapshotHeader; file: Buffer }> {
  requireMay(context, 'snapshots.download')
  const { header, file } = await copyOrg(context, async () => {})
  await inTransaction(context, async (tx) => tx.tell({ type: 'snapshot.taken', payload: { snapshotId: header.id } }))
  return { header, file: Buffer.concat(file.chunks) }
}

type Copy = { header: SnapshotHeader; file: Written }

async function copyOrg({ db, orgId, actor }: OrgContext, check: (reader: Reader) => Promise<void>): Promise<Copy> {
  return await inSnapshot(db, orgId, async (reader) => {
    await check(reader)
    const org = await readOrg(reader)
    if (!org) throw new AppError('not-found', 'There is no such organisation.')
    const id = SnapshotId.parse(uuidv7())
    const header: SnapshotHeader = {
      ...{ format: 'delegraph-snapshot', version: snapshotVersion, id, orgId, orgName: org.name },
      ...{ takenAt: org.at.toISOString(), takenByName: actorName(actor), seq: Number(org.seq) },
    }
    return { header, file: await writeSnapshotFile(reader, header) }
  })
}

type Kept = Copy & { name: string }

async function keep(tx: Tx, context: OrgContext, { name, header, file }: Kept): Promise<Snapshot> {
  const { id, takenAt, takenByName, seq, version } = header
  const { rows: contents, sha256 } = file.trailer
  const takenBy = eventActor(context.actor)
  await insertSnapshot(tx, {
    id,
    name,
    takenBy,
    takenByName,
    takenAt,
    seq,
    version,
    contents,
    sha256,
    bytes: file.bytes,
  })
  const whole = Buffer.concat(file.chunks)
  for (let at = 0; at < whole.length; at += chunkBytes) {
    await insertChunk(tx, id, at / chunkBytes, whole.subarray(at, at + chunkBytes))
  }
  tx.tell({ type: 'snapshot.taken', payload: { snapshotId: id } })
  return await requireSnapshot(tx, id)
}

function requireRoom(count: number): void {
  if (count < maxSnapshotsPerOrg) return
  throw new AppError('too-large', `An organisation keeps at most ${maxSnapshotsPerOrg} snapshots.`, {
    fix: 'Delete one that is not needed any more; download it first.',
  })
}
