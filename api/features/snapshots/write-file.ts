import { createHash } from 'node:crypto'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { AppError } from '#shared/kernel/app-error.ts'
import type { SnapshotHeader, SnapshotTrailer } from '#shared/snapshots/contract.ts'
import { maxSnapshotBytes } from '#shared/snapshots/limits.ts'
import type { Reader } from '../../kernel/db.ts'
import { readCut } from './store.ts'
import { snapshotTables } from './tables-store.ts'

export type Written = { chunks: Buffer[]; bytes: number; trailer: SnapshotTrailer }

/** The file of an org as the reader sees it: gzip of one JSON text a line, a header, the rows, a trailer. */
export async function writeSnapshotFile(reader: Reader, header: SnapshotHeader): Promise<Written> {
  const chunks: Buffer[] = []
  let bytes = 0
  let trailer: SnapshotTrailer = { rows: {}, sha256: '' }
  const lines = async function* () {
    const hash = createHash('sha256')
    const rows: Record<string, number> = {}
    const line = (text: string) => {
      hash.update(`${text}\n`)
      return `${text}\n`
    }
    yield line(JSON.stringify(header))
    for (const { name, cut } of snapshotTables) {
      for await (const slice of readCut(reader, cut)) {
        rows[name] = (rows[name] ?? 0) + slice.length
        yield slice.map((row) => line(`{"table":"${name}","row":${row}}`)).join('')
      }
    }
    trailer = { rows, sha256: hash.digest('hex') }
    yield `${JSON.stringify(trailer)}\n`
  }
  const keep = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      chunks.push(chunk)
      done(bytes > maxSnapshotBytes ? tooLarge() : null)
    },
  })
  await pipeline(Readable.from(lines()), createGzip({ level: 5 }), keep)
  return { chunks, bytes, trailer }
}

function tooLarge(): AppError {
  const limit = `${maxSnapshotBytes / 1024 / 1024} MB`
  return new AppError('too-large', `The organisation does not fit into a snapshot of ${limit}.`, {
    fix: 'Delete files and workspaces that are not needed any more.',
  })
}
