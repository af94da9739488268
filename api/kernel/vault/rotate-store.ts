import type { OrgId } from '#shared/kernel/ids.ts'
import { callAcrossOrgs, type Db, type Reader, type Tx } from '../db.ts'
import { asTyped, sql } from '../sql.ts'
import type { Envelope } from './envelope.ts'

/** Wrapping every data key anew, or sealing every value by a fresh data key. */
export type RotationKind = 'wrapping' | 'data'

export type RotationClaim = { orgId: OrgId; id: string; kind: RotationKind; epoch: number }
export type SealedVersion = Envelope & { secretId: string; version: number }

export async function claimRotations(db: Db, wanted: number, leaseMs: number): Promise<RotationClaim[]> {
  return await callAcrossOrgs<RotationClaim>(
    db,
    sql`select org_id as "orgId", id, kind, epoch::float8 as epoch
          from claim_key_rotations(${wanted}, ${`${leaseMs} milliseconds`}::interval)`,
  )
}

/** False where one runs already. */
export async function insertRotation(tx: Tx, id: string, kind: RotationKind, byName: string): Promise<boolean> {
  const begun = await tx.rows(sql`
    insert into key_rotations (org_id, id, kind, total, started_by_name)
    select ${tx.orgId}, ${id}, ${kind}, count(*), ${byName} from secret_versions where org_id = ${tx.orgId}
    on conflict do nothing returning 1`)
  return begun.length > 0
}

/** The next ones after the place the rotation has reached; nothing of a rotation that another node holds now. */
export async function readNext(reader: Reader, { id, epoch }: RotationClaim, limit: number): Promise<SealedVersion[]> {
  return await reader.rows<SealedVersion>(sql`
    select v.secret_id as "secretId", v.version, v.key_id as "keyId", v.wrapped, v.sealed
      from key_rotations r
      join secret_versions v on v.org_id = r.org_id and (v.secret_id, v.version) > (r.after_secret, r.after_version)
     where r.org_id = ${reader.orgId} and r.id = ${id} and r.epoch = ${epoch} and r.finished_at is null
     order by v.secret_id, v.version limit ${limit}`)
}

/** Only while it is as it was read: one that was destroyed or changed meanwhile is left alone. */
export async function replaceEnvelope(tx: Tx, was: SealedVersion, anew: Envelope): Promise<void> {
  await tx.rows(sql`
    update secret_versions set key_id = ${asTyped(anew.keyId)}, wrapped = ${anew.wrapped}, sealed = ${anew.sealed}
     where org_id = ${tx.orgId} and secret_id = ${was.secretId} and version = ${was.version} and wrapped = ${was.wrapped}`)
}

type Step = { after: { secretId: string; version: number }; done: number; failed: number; problem: string | null }

/** Moves the place, in the commit of what was done. False where another node holds the rotation by now. */
export async function moveOn(tx: Tx, { id, epoch }: RotationClaim, step: Step, leaseMs: number): Promise<boolean> {
  const moved = await tx.rows(sql`
    update key_rotations
       set after_secret = ${step.after.secretId}, after_version = ${step.after.version}, done = done + ${step.done},
           failed = failed + ${step.failed}, total = greatest(total, done + failed + ${step.done + step.failed}),
           problem = case when failed = 0 then ${step.problem} else problem end,
           claimed_until = now() + ${`${leaseMs} milliseconds`}::interval
     where org_id = ${tx.orgId} and id = ${id} and epoch = ${epoch} and finished_at is null
    returning 1`)
  return moved.length > 0
}

/** What it did in all; nothing where another node holds it by now. */
export async function finishRotation(tx: Tx, { id, epoch }: RotationClaim): Promise<{ done: number } | undefined> {
  return await tx.row<{ done: number }>(sql`
    update key_rotations
       set finished_at = now(), claimed_until = null, total = done + failed,
           problem = case when failed > 0 then problem end
     where org_id = ${tx.orgId} and id = ${id} and epoch = ${epoch} and finished_at is null
    returning done`)
}

/** It goes on a little later, at the place where it is. */
export async function putOff(tx: Tx, { id, epoch }: RotationClaim, problem: string, ms: number): Promise<void> {
  await tx.rows(sql`
    update key_rotations
       set problem = ${problem}, claimed_until = null, look_at = now() + ${`${ms} milliseconds`}::interval
     where org_id = ${tx.orgId} and id = ${id} and epoch = ${epoch} and finished_at is null`)
}

export type RotationRow = {
  kind: RotationKind
  total: number
  done: number
  failed: number
  problem: string | null
  startedByName: string
  startedAt: Date
  finishedAt: Date | null
}

export async function newestRotation(reader: Reader): Promise<RotationRow | undefined> {
  return await reader.row<RotationRow>(sql`
    select kind, total, done, failed, problem, started_by_name as "startedByName", started_at as "startedAt",
           finished_at as "finishedAt"
      from key_rotations where org_id = ${reader.orgId} order by started_at desc limit 1`)
}

/** By which keys how many values of this org are wrapped. */
export async function countByKey(reader: Reader): Promise<{ keyId: string; versions: number }[]> {
  return await reader.rows<{ keyId: string; versions: number }>(sql`
    select key_id as "keyId", count(*)::int as versions from secret_versions
     where org_id = ${reader.orgId} group by key_id order by count(*) desc, key_id`)
}

/** The same of all orgs together. */
export async function countByKeyEverywhere(db: Db): Promise<{ keyId: string; versions: number }[]> {
  return await callAcrossOrgs(db, sql`select key_id as "keyId", versions from wrapping_key_counts()`)
}

export async function startEverywhere(db: Db, kind: RotationKind, byName: string): Promise<number> {
  const [found] = await callAcrossOrgs<{ begun: number }>(
    db,
    sql`select start_key_rotations(${kind}, ${byName}) as begun`,
  )
  return found?.begun ?? 0
}

export type Progress = { running: number; total: number; done: number; failed: number; problem: string | null }

export async function progressEverywhere(db: Db): Promise<Progress> {
  const [found] = await callAcrossOrgs<Progress>(db, sql`select * from key_rotation_progress()`)
  return found ?? { running: 0, total: 0, done: 0, failed: 0, problem: null }
}

export async function dropOldRotations(db: Db): Promise<void> {
  await callAcrossOrgs(db, sql`select drop_old_key_rotations()`)
}
