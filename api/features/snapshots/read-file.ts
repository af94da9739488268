import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '#shared/kernel/app-error.ts'
import { SnapshotHeader, SnapshotRow, SnapshotTrailer, snapshotVersion } from '#shared/snapshots/contract.ts'
import { maxSnapshotBytes, maxSnapshotRawBytes } from '#shared/snapshots/limits.ts'
import { linesOf } from '../../kernel/lines.ts'
import { snapshotTables } from './tables-store.ts'

const maxLineChars = 64 * 1024 * 1024

/** A file that was read to its end: whole, of a version we know, and with every id of the org in it. */
export type CheckedFile = { header: SnapshotHeader; ids: Set<string>; rows: Readonly<Record<string, number>> }

/** Reads all of it and keeps only what is needed to restore it; refuses one that is cut off, changed or not ours. */
export async function checkSnapshotFile(file: Buffer): Promise<CheckedFile> {
  if (file.length > maxSnapshotBytes) throw tooLarge()
  const hash = createHash('sha256')
  const tables = new Map(snapshotTables.map((table) => [table.name, table]))
  const rows: Record<string, number> = {}
  let header: SnapshotHeader | undefined
  let trailer: SnapshotTrailer | undefined
  const ids = new Set<string>()
  for await (const line of rawLines(file)) {
    if (trailer) throw corrupt('something follows its end')
    const value = parse(line)
    const row = header && SnapshotRow.safeParse(value)
    if (!header) header = readHeader(value)
    else if (row?.success) {
      const table = tables.get(row.data.table)
      if (!table) throw newer()
      rows[table.name] = (rows[table.name] ?? 0) + 1
      for (const column of table.ids) {
        const id = row.data.row[column]
        if (typeof id === 'string') ids.add(id.toLowerCase())
      }
    } else {
      trailer = SnapshotTrailer.safeParse(value).data
      if (!trailer) throw corrupt('a line of it cannot be read')
      continue
    }
    hash.update(`${line}\n`)
  }
  if (!header || !trailer) throw corrupt('its end is missing')
  if (hash.digest('hex') !== trailer.sha256) throw corrupt('its checksum does not fit')
  return { header, ids, rows }
}

/** The rows of a file that was checked, with a new text for each line; in slices of one table. */
export async function* readSlices(
  file: Buffer,
  retell: (line: string) => string,
): AsyncGenerator<{ table: string; rows: SnapshotRow['row'][] }> {
  let slice: { table: string; rows: SnapshotRow['row'][] } | undefined
  let chars = 0
  for await (const line of rawLines(file)) {
    const read = SnapshotRow.safeParse(parse(retell(line)))
    if (!read.success) continue
    const { table, row } = read.data
    if (slice && (slice.table !== table || slice.rows.length >= maxSliceRows || chars > maxSliceChars)) {
      yield slice
      slice = undefined
    }
    if (!slice) chars = 0
    slice ??= { table, rows: [] }
    slice.rows.push(row)
    chars += line.length
  }
  if (slice) yield slice
}
const maxSliceRows = 200
const maxSliceChars = 4 * 1024 * 1024

async function* rawLines(file: Buffer): AsyncGenerator<string> {
  const unzipped = Readable.from([file], { objectMode: false }).pipe(createGunzip())
  let bytes = 0
  const counted = async function* () {
    for await (const chunk of unzipped) {
      bytes += chunk.length
      if (bytes > maxSnapshotRawBytes) throw tooLarge()
      yield chunk
    }
  }
  try {
    yield* linesOf(counted(), maxLineChars)
  } catch (error) {
    if (error instanceof AppError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('Z_') || code.startsWith('ERR_')) throw corrupt('it cannot be unpacked', error)
    throw error
  }
}

function readHeader(value: unknown): SnapshotHeader {
  const header = SnapshotHeader.safeParse(value)
  if (!header.success) throw corrupt('it does not begin like one')
  if (header.data.version > snapshotVersion) throw newer()
  return header.data
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw corrupt('a line of it cannot be read', cause)
  }
}

function corrupt(why: string, cause?: unknown): AppError {
  return new AppError('bad-input', `This file is no whole snapshot of Delegraph: ${why}.`, {
    field: 'file',
    fix: 'Choose a file that was downloaded as a snapshot, or download it again.',
    cause,
  })
}

export function newer(): AppError {
  return new AppError('bad-input', 'This snapshot was taken by a newer version of Delegraph.', {
    field: 'file',
    fix: 'Update this installation, then restore it.',
  })
}

function tooLarge(): AppError {
  return new AppError('too-large', `A snapshot's file has at most ${maxSnapshotBytes / 1024 / 1024} MB.`, {
    field: 'file',
  })
}
