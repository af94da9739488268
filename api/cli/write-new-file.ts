import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#shared/kernel/app-error.ts'

/** Writes a file that only its owner reads; it is there whole or not at all. Gives its full path. */
export async function writeNewFile(path: string, contents: AsyncIterable<string | Buffer>): Promise<string> {
  const target = resolve(path)
  const unfinished = `${target}.${process.pid}.part`
  try {
    await pipeline(Readable.from(contents), createWriteStream(unfinished, { mode: 0o600 }))
    await rename(unfinished, target)
    return target
  } catch (cause) {
    await rm(unfinished, { force: true })
    if (!(cause instanceof Error && 'code' in cause && /^E[A-Z]+$/.test(String(cause.code)))) throw cause
    throw new AppError('bad-input', `${target} cannot be written: ${cause.message}.`, {
      field: 'out',
      fix: 'Name a file in a folder that is there and yours.',
      cause,
    })
  }
}
