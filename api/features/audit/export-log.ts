import { createHash } from 'node:crypto'
import type { AuditSlice } from '#shared/audit/contract.ts'
import {
  type ExportEnd,
  type ExportedCall,
  type ExportHead,
  firstPrev,
  formatLine,
  sealed,
} from '#shared/audit/export-line.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { actorName, type OrgContext, requireRole } from '../../kernel/actor.ts'
import { type ExportedRow, readExportOrg, readPersonNames, readSlicePage, readWorkspaceNames } from './export-store.ts'

const eventsAtOnce = 500

/**
 * A slice of the log as chained JSON lines (see shared/audit/export-line.ts), each with its line end. It is read page by
 * page up to where the log was at the beginning, so its length does not matter to memory.
 */
export async function exportLog(context: OrgContext, slice: AuditSlice): Promise<AsyncGenerator<string>> {
  requireRole(context, 'manager')
  const org = await readExportOrg(context.db, context.orgId)
  if (!org) throw new AppError('not-found', 'There is no such organisation.')
  return lines(context, slice, { name: org.name, seq: Number(org.seq) })
}

async function* lines(
  context: OrgContext,
  slice: AuditSlice,
  { name, seq: upTo }: { name: string; seq: number },
): AsyncGenerator<string> {
  const { db, orgId } = context
  let prev = firstPrev
  const seal = (entry: unknown) => {
    const text = JSON.stringify(entry)
    const sha256 = hash(sealed(prev, text))
    const line = formatLine({ prev, sha256, entry: text })
    prev = sha256
    return `${line}\n`
  }
  const head: ExportHead = {
    ...{ kind: 'head', format: 'delegraph-audit', version: 1, org: { id: orgId, name }, slice },
    ...{ exportedAt: new Date().toISOString(), exportedBy: actorName(context.actor), seq: upTo },
  }
  yield seal(head)
  const names = await readNames(context)
  const end: ExportEnd = { kind: 'end', events: 0, toolCalls: 0, firstSeq: null, lastSeq: null }
  for (;;) {
    const rows = await readSlicePage(db, orgId, slice, { after: end.lastSeq ?? 0, upTo, limit: eventsAtOnce })
    for (const row of rows) {
      const entry = entryOf(row, names)
      end.events++
      if (entry.call) end.toolCalls++
      end.firstSeq ??= entry.seq
      end.lastSeq = entry.seq
      yield seal(entry)
    }
    if (rows.length < eventsAtOnce) break
  }
  yield seal(end)
}

type Names = ReadonlyMap<string, string>

async function readNames({ db, orgId, actor }: OrgContext): Promise<Names> {
  const [workspaces, people] = await Promise.all([readWorkspaceNames(db, orgId), readPersonNames(db, orgId)])
  const self: [string, string][] = actor.kind === 'person' ? [[actor.userId, actor.name]] : []
  return new Map([...people, ...workspaces, ...self])
}

/** The event whole, the names of whom it names, and what a tool call was made of. */
function entryOf(row: ExportedRow, names: Names) {
  const { id, type, version, actor, payload } = row
  const ids = [actor.id, ...idsIn(payload)]
  const known = [...new Set(ids)].flatMap((one): [string, string][] => {
    const name = names.get(one)
    return name === undefined ? [] : [[one, name]]
  })
  const call = callOf(row, names)
  return {
    kind: 'event' as const,
    seq: Number(row.seq),
    ...{ id, type, version, at: row.at.toISOString(), actor },
    chain: { id: row.chainId, depth: row.chainDepth },
    payload,
    names: Object.fromEntries(known),
    ...(call && { call }),
  }
}

function callOf({ tool, stepState, args, result, payload }: ExportedRow, names: Names): ExportedCall | undefined {
  if (tool === null || stepState === null) return undefined
  const by = String(payload.workspaceId)
  return {
    tool,
    state: stepState,
    by: names.get(by) ?? by,
    argsSha256: hash(args ?? ''),
    resultSha256: result === null ? null : hash(result),
  }
}

function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(idsIn)
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
