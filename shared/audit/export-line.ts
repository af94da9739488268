import { z } from 'zod'
import { OrgId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { AuditSlice } from './contract.ts'

/**
 * An exported log is JSON lines in a chain: `{"prev":…,"sha256":…,"entry":{…}}`, where `prev` is the `sha256` of the line
 * before (64 zeros at the first) and `sha256` that of `prev`, a line feed and the entry's text as it stands in the line. The
 * first entry says what was asked for, the last how much came; the `sha256` of the last line stands for the whole file.
 */
export const firstPrev = '0'.repeat(64)

export const ExportHead = z.object({
  kind: z.literal('head'),
  format: z.literal('delegraph-audit'),
  version: z.literal(1),
  org: z.object({ id: OrgId, name: z.string() }),
  slice: AuditSlice,
  exportedAt: Instant,
  exportedBy: z.string(),
  /** The log's last sequence number at the export. */
  seq: z.int().nonnegative(),
})
export type ExportHead = z.infer<typeof ExportHead>

/** What a tool call was made of, as hashes (SHA-256, hexadecimal) of the texts in the trace. */
export const ExportedCall = z.object({
  tool: z.string(),
  state: z.string(),
  /** The workspace whose agent called. */
  by: z.string(),
  argsSha256: z.string(),
  /** Of the answer, or of the error's words; null while there is neither. */
  resultSha256: z.string().nullable(),
})
export type ExportedCall = z.infer<typeof ExportedCall>

export const ExportEnd = z.object({
  kind: z.literal('end'),
  events: z.int().nonnegative(),
  toolCalls: z.int().nonnegative(),
  firstSeq: z.int().positive().nullable(),
  lastSeq: z.int().positive().nullable(),
})
export type ExportEnd = z.infer<typeof ExportEnd>

/** Of an event only what the verifier counts is read here; it travels whole, with names beside its ids. */
export const ExportEntry = z.discriminatedUnion('kind', [
  ExportHead,
  z.looseObject({ kind: z.literal('event'), seq: z.int().positive(), call: ExportedCall.optional() }),
  ExportEnd,
])

export type SealedLine = { prev: string; sha256: string; entry: string }

export function formatLine({ prev, sha256, entry }: SealedLine): string {
  return `{"prev":"${prev}","sha256":"${sha256}","entry":${entry}}`
}

const shape = /^\{"prev":"([0-9a-f]{64})","sha256":"([0-9a-f]{64})","entry":(\{.*\})\}$/s

/** The parts of a line as they stand in it; undefined where it has another shape. */
export function parseLine(line: string): SealedLine | undefined {
  const [, prev, sha256, entry] = shape.exec(line) ?? []
  return prev && sha256 && entry ? { prev, sha256, entry } : undefined
}

/** What is hashed. */
export function sealed(prev: string, entry: string): string {
  return `${prev}\n${entry}`
}
