import { createHash } from 'node:crypto'
import type { AuditState, LogProblem, LogVerdict } from '#shared/audit/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import {
  isCutTold,
  type LogRow,
  readBorder,
  readLogRow,
  readRest,
  readSeals,
  readTexts,
  type SealRow,
} from './verify-store.ts'

const sealsAtOnce = 20
/** Whoever changed a million rows is told so by the first of them. */
const problemsTold = 200

/** `newest`: only about so many events, from a checkpoint on. `noted`: what somebody wrote down of an earlier state. */
type Verification = { newest?: number; noted?: { seq: number; sha256: string } }

/** Makes the chain of the log anew and names every event that is not as it was sealed. */
export async function verifyLog(context: OrgContext, asked: Verification = {}): Promise<LogVerdict> {
  requireMay(context, 'audit.read')
  return await inSnapshot(context.db, context.orgId, (reader) => verify(reader, asked))
}

/** What a person waits for: the newest part. The command line verifies the whole. */
export async function verifyNewest(context: OrgContext): Promise<LogVerdict> {
  return await verifyLog(context, { newest: 20_000 })
}

export async function getAuditState(context: OrgContext): Promise<AuditState> {
  requireMay(context, 'audit.read')
  const log = await inSnapshot(context.db, context.orgId, readLogRow)
  const { keepDays, lastSeq, droppedSeq, droppedAt } = log
  const dropped = droppedAt && { seq: droppedSeq, at: droppedAt.toISOString() }
  return { keepDays, lastSeq, dropped, sealed: sealedOf(log) }
}

type Place = { seq: number; hash: Buffer }

async function verify(reader: Reader, { newest, noted }: Verification): Promise<LogVerdict> {
  const log = await readLogRow(reader)
  const problems: LogProblem[] = []
  const report = (seq: number, problem: string) => {
    if (problems.length < problemsTold) problems.push({ seq, problem })
  }
  const border = newest === undefined ? 0 : await readBorder(reader, newest)
  // From a checkpoint in the middle on, the hash before it is taken as given.
  const isPart = border > log.droppedSeq
  let at: Place | undefined = isPart ? undefined : { seq: log.droppedSeq, hash: log.droppedHash }
  if (!isPart && log.droppedSeq > 0 && !(await isCutTold(reader, log.droppedSeq, log.droppedHash.toString('hex')))) {
    report(
      log.droppedSeq,
      `Events up to ${log.droppedSeq} are missing, and the log does not tell that they were dropped.`,
    )
  }
  const result = { events: 0, firstSeq: null as number | null }
  let isNotedSeen = noted === undefined || noted.seq <= (isPart ? border : log.droppedSeq)
  let after = isPart ? border : 0
  for (;;) {
    const seals = await readSeals(reader, after, sealsAtOnce)
    for (const seal of seals) {
      if (at && seal.firstSeq !== at.seq + 1) report(at.seq + 1, missing(at.seq + 1, seal.firstSeq - 1))
      if (at && seal.firstSeq === at.seq + 1 && !at.hash.equals(seal.before)) {
        report(seal.firstSeq, `The checkpoint from ${seal.firstSeq} on does not follow the one before it.`)
      }
      result.firstSeq ??= seal.firstSeq
      result.events += await verifySeal(reader, seal, report)
      at = { seq: seal.lastSeq, hash: hashAt(seal, seal.lastSeq) }
      after = seal.lastSeq
      if (noted && noted.seq >= seal.firstSeq && noted.seq <= seal.lastSeq) {
        isNotedSeen = true
        const is = hashAt(seal, noted.seq).toString('hex')
        if (is !== noted.sha256) report(noted.seq, `The hash of event ${noted.seq} is not the one that was noted.`)
      }
    }
    if (seals.length < sealsAtOnce) break
  }
  if (at && (at.seq !== log.sealedSeq || !at.hash.equals(log.sealedHash))) {
    report(at.seq + 1, `The chain ends at ${at.seq}; it was sealed up to ${log.sealedSeq}.`)
  }
  const rest = await readRest(reader, log.sealedSeq)
  const last = rest.last ?? log.sealedSeq
  if (last < log.lastSeq) report(last + 1, missing(last + 1, log.lastSeq))
  else if (rest.count < last - log.sealedSeq)
    report(log.sealedSeq + 1, `Events between ${log.sealedSeq + 1} and ${last} are missing.`)
  if (noted && !isNotedSeen) report(noted.seq, `Event ${noted.seq}, which was noted, is not in the chain.`)
  return { ...result, isWhole: problems.length === 0, problems, unsealed: rest.count, sealed: sealedOf(log) }
}

/** Every event by itself: the one that was changed is named, and those after it are judged by the hashes that were sealed. */
async function verifySeal(
  reader: Reader,
  seal: SealRow,
  report: (seq: number, problem: string) => void,
): Promise<number> {
  const rows = await readTexts(reader, seal.firstSeq, seal.lastSeq)
  let expected = seal.firstSeq
  for (const { seq, text } of rows) {
    if (seq !== expected) report(expected, missing(expected, seq - 1))
    const before = seq === seal.firstSeq ? seal.before : hashAt(seal, seq - 1)
    const hash = createHash('sha256').update(before).update(text).digest()
    if (!hash.equals(hashAt(seal, seq))) report(seq, `Event ${seq} was changed: its hash does not fit.`)
    expected = seq + 1
  }
  if (expected <= seal.lastSeq) report(expected, missing(expected, seal.lastSeq))
  return rows.length
}

function hashAt({ hashes, firstSeq }: SealRow, seq: number): Buffer {
  const start = 32 * (seq - firstSeq)
  return hashes.subarray(start, start + 32)
}

function missing(first: number, last: number): string {
  return first === last ? `Event ${first} is missing.` : `Events ${first} to ${last} are missing.`
}

function sealedOf({ sealedSeq, sealedHash }: LogRow): LogVerdict['sealed'] {
  return { seq: sealedSeq, sha256: sealedHash.toString('hex') }
}
