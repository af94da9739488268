import { randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#shared/kernel/app-error.ts'

export type KeyFile = { number: number; path: string; key: Uint8Array; createdAt: Date }

const fileName = /^vault-(\d{4,9})\.key$/

/** Oldest first. Throws unavailable where one cannot be read or is damaged. */
export function readKeyFiles(folder: string): KeyFile[] {
  const numbers = namesIn(folder).flatMap((name) => {
    const number = fileName.exec(name)?.[1]
    return number === undefined ? [] : [Number(number)]
  })
  return numbers.sort((a, b) => a - b).map((number) => readKeyFile(pathOf(folder, number), number))
}

/** 0600, whole or not at all, and only once: whoever comes second gets the first one's. */
export function createKeyFile(folder: string, number: number): KeyFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = pathOf(folder, number)
  const draft = `${path}.${randomUUID()}`
  try {
    writeDurably(draft, `${randomBytes(32).toString('base64url')}\n`)
    linkSync(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readKeyFile(path, number)
}

function readKeyFile(path: string, number: number): KeyFile {
  const text = readText(path)
  if (!/^[\w-]{43}$/.test(text)) {
    throw new AppError('unavailable', `The key file ${path} is damaged.`, { fix: 'Put the file back from a backup.' })
  }
  return { number, path, key: Buffer.from(text, 'base64url'), createdAt: statSync(path).mtime }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new AppError('unavailable', `The key file ${path} cannot be read.`, {
      fix: 'Let the user that runs Delegraph read it.',
      cause,
    })
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

function pathOf(folder: string, number: number): string {
  return join(folder, `vault-${String(number).padStart(4, '0')}.key`)
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
