import { createHash } from 'node:crypto'
import type { AuditSlice } from '#shared/audit/contract.ts'
import { type ExportEnd, type ExportHead, firstPrev, formatLine, sealed } from '#shared/audit/export-line.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { actorName, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { csvHead, csvLine } from './csv.ts'
import { type ExportedRow, readExportOrg, readSlicePage } from './export-store.ts'
import { entryOf } from './exported-event.ts'
import { idsNamed, type Names } from './names.ts'
import { readNames } from './names-store.ts'

const eventsAtOnce = 500

/**
 * A slice of the log as chained JSON lines (see shared/audit/export-line.ts), each with its line end. It is read page by
 * page up to where the log was at the beginning, so its length does not matter to memory.
 */
export async function exportLog(context: OrgContext, slice: AuditSlice): Promise<AsyncGenerator<string>> {
  const known = await beginExport(context, 'jsonl')
  return jsonLines(context, slice, known)
}

/** The same slice as a table for a spreadsheet. It carries the hashes of the log's chain, but no chain of its own. */
export async function exportTable(context: OrgContext, slice: AuditSlice): Promise<AsyncGenerator<string>> {
  const known = await beginExport(context, 'csv')
  return csvLines(context, slice, known)
}

type Known = { name: string; upTo: number; names: Names }

/** That the log was taken out stands in it too, after what is taken. */
async function beginExport(context: OrgContext, format: 'jsonl' | 'csv'): Promise<Known> {
  requireMay(context, 'audit.export')
  const org = await readExportOrg(context.db, context.orgId)
  if (!org) throw new AppError('not-found', 'There is no such organisation.')
  const names = new Map(await inSnapshot(context.db, context.orgId, readNames))
  if (context.actor.kind === 'person') names.set(context.actor.userId, context.actor.name)
  await inTransaction(context, async (tx) => tx.tell({ type: 'audit.exported', payload: { format } }))
  return { name: org.name, upTo: Number(org.seq), names }
}

async function* jsonLines(
  { orgId, actor, db }: OrgContext,
  slice: AuditSlice,
  { name, upTo, names }: Known,
): AsyncGenerator<string> {
  let prev = firstPrev
  const seal = (entry: unknown) => {
    const text = JSON.stringify(entry)
    const sha256 = createHash('sha256').update(sealed(prev, text)).digest('hex')
    const line = formatLine({ prev, sha256, entry: text })
    prev = sha256
    return `${line}\n`
  }
  const head: ExportHead = {
    ...{ kind: 'head', format: 'delegraph-audit', version: 1, org: { id: orgId, name }, slice },
    ...{ exportedAt: new Date().toISOString(), exportedBy: actorName(actor), seq: upTo },
  }
  yield seal(head)
  const end: ExportEnd = { kind: 'end', events: 0, toolCalls: 0, firstSeq: null, lastSeq: null }
  for await (const row of rowsOf({ db, orgId }, slice, { upTo, names })) {
    const entry = entryOf(row, names)
    end.events++
    if (entry.call) end.toolCalls++
    end.firstSeq ??= entry.seq
    end.lastSeq = entry.seq
    yield seal(entry)
  }
  yield seal(end)
}

async function* csvLines(context: OrgContext, slice: AuditSlice, known: Known): AsyncGenerator<string> {
  yield csvHead
  for await (const row of rowsOf(context, slice, known)) yield csvLine(entryOf(row, known.names))
}

async function* rowsOf(
  { db, orgId }: Pick<OrgContext, 'db' | 'orgId'>,
  slice: AuditSlice,
  { upTo, names }: Pick<Known, 'upTo' | 'names'>,
): AsyncGenerator<ExportedRow> {
  const named = idsNamed(slice.text, names)
  for (let after = 0; ; ) {
    const page = { slice, named, after, upTo, limit: eventsAtOnce }
    const rows = await inSnapshot(db, orgId, (reader) => readSlicePage(reader, page))
    yield* rows
    if (rows.length < eventsAtOnce) return
    after = Number(rows.at(-1)?.seq)
  }
}
