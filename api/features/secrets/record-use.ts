import type { OrgId, SecretId } from '#shared/kernel/ids.ts'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { addUses, type SecretUser, type Use } from './use-store.ts'

type Pending = { byOrg: Map<OrgId, Map<string, Use>>; timer: NodeJS.Timeout | undefined }

const pending = new WeakMap<Db, Pending>()
const writeAfterMs = 1_000
const vault = { kind: 'system', name: 'vault' } as const

/** Notes the use in memory; a moment later all that came together is written at once, so that no call waits for it. */
export function recordUse(db: Db, orgId: OrgId, use: { secretId: SecretId; user: SecretUser }): void {
  const waiting = pendingOf(db)
  const ofOrg = waiting.byOrg.get(orgId) ?? new Map<string, Use>()
  waiting.byOrg.set(orgId, ofOrg)
  const lastAt = new Date()
  const { user } = use
  const userId = user.kind === 'workspace' ? user.workspaceId : user.serverId
  const key = `${use.secretId}/${userId}/${lastAt.toISOString().slice(0, 13)}`
  ofOrg.set(key, { ...use, lastAt, count: (ofOrg.get(key)?.count ?? 0) + 1 })
  // What cannot be written now, e.g. because the database is away, is lost; the call it was for is in the journal.
  waiting.timer ??= setTimeout(() => void writeUses(db).catch(() => {}), writeAfterMs).unref()
}

/** Writes what was noted; before a process ends, and by the clock. */
export async function writeUses(db: Db): Promise<void> {
  const waiting = pendingOf(db)
  clearTimeout(waiting.timer)
  pending.delete(db)
  for (const [orgId, uses] of waiting.byOrg) {
    await inTransaction({ db, orgId, actor: vault }, (tx) => addUses(tx, [...uses.values()]))
  }
}

function pendingOf(db: Db): Pending {
  const known = pending.get(db)
  if (known) return known
  const made: Pending = { byOrg: new Map(), timer: undefined }
  pending.set(db, made)
  return made
}
