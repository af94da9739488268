import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { AppError } from '#shared/kernel/app-error.ts'
import { resolveDataDir } from '../../kernel/data-dir.ts'
import { startEmbeddedPostgres } from '../../kernel/postgres/embedded-postgres.ts'
import { installedPrograms } from '../../kernel/postgres/programs.ts'
import { reachDatabase } from '../../kernel/postgres/reach-database.ts'

export function checkPostgresPrograms(): string {
  return `PostgreSQL ${installedPrograms().version}`
}

export function checkDataDir(flag: string | undefined): string {
  return `${resolveDataDir(flag)} can be written`
}

const neededBytes = 500 * 1024 * 1024

export async function checkDisk(flag: string | undefined): Promise<string> {
  const { bavail, bsize } = await statfs(resolveDataDir(flag))
  const found = `${((Number(bavail) * Number(bsize)) / 1024 ** 3).toFixed(1)} GB`
  if (bavail * bsize >= neededBytes) return found
  throw new AppError('unavailable', found, {
    fix: 'Free at least 500 MB, or name a folder on another disk: --data-dir DIR',
  })
}

export async function checkPort(port: number): Promise<string> {
  if (port === 0) return 'any free one'
  if (await isFree(port)) return `${port} is free`
  throw new AppError('unavailable', `${port} is in use`, {
    fix: `End what uses it (another Delegraph?), or name another one: --port ${port + 1} (0 takes any free one)`,
  })
}

export async function checkDatabase(input: { dataDir?: string; databaseUrl?: string }): Promise<string> {
  if (input.databaseUrl) return `PostgreSQL ${await reach(input.databaseUrl)} answers at DATABASE_URL`
  const dataDir = resolveDataDir(input.dataDir)
  if (!existsSync(join(dataDir, 'postgres', 'data'))) return 'will be made at the first start'
  const postgres = await startEmbeddedPostgres({ dataDir })
  try {
    return postgres.wasAdopted ? `runs on port ${postgres.port}` : 'starts and stops'
  } finally {
    await postgres.stop()
  }
}

async function reach(databaseUrl: string): Promise<string> {
  try {
    return await reachDatabase(databaseUrl)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('unavailable', `DATABASE_URL does not answer: ${reason}`, {
      fix: 'Correct DATABASE_URL (postgres://user:password@host:5432/database), or unset it to use the embedded PostgreSQL.',
      cause,
    })
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
