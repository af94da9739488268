import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbeddedPostgres } from '#api/kernel/postgres/embedded-postgres.ts'
import type { Bench } from './bench.ts'
import { root, run, type ServerProcess, startServer, stopServer } from './server-process.ts'
import { percentile, rounded } from './statistics.ts'

const warmRuns = 3
const idleMs = 5_000

/**
 * How long `npm start` needs when all is installed, on an empty data folder and on one that was used, what the idle server
 * keeps in memory, and what a user's install takes. Compared with the bare database beneath.
 */
export async function runStartupBench(): Promise<Bench> {
  const dir = await mkdtemp(join(tmpdir(), 'delegraph-startup-'))
  try {
    const cold = await startServer(join(dir, 'data'))
    await stopServer(cold)
    const warm: number[] = []
    for (let turn = 0; turn < warmRuns; turn++) {
      const server = await startServer(join(dir, 'data'))
      warm.push(server.readyMs)
      await stopServer(server)
    }
    const idle = await startServer(join(dir, 'data'))
    await pause(idleMs)
    const idleMemoryMb = await memoryMb(idle)
    await stopServer(idle)
    const install = await measureInstall(join(dir, 'install'))
    return {
      figures: { coldMs: rounded(cold.readyMs), warmMs: percentile(warm, 0.5), idleMemoryMb, ...install },
      baseline: await measureBareDatabase(join(dir, 'bare')),
    }
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Resident memory of the server process alone, without the database. Linux only; NaN elsewhere. */
async function memoryMb({ process: server }: ServerProcess): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '')
  return rounded(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
}

/** What `npm start` does on a fresh clone before it starts: the packages and the web build, with npm's cache as it is. */
async function measureInstall(copy: string): Promise<{ installSeconds: number; installMb: number }> {
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
  for (const file of tracked) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(join(root, file), join(copy, file))
  }
  const began = performance.now()
  await run(process.execPath, ['scripts/setup.mjs', 'start'], copy)
  const installSeconds = rounded((performance.now() - began) / 1000)
  const size = execFileSync('du', ['-sm', 'node_modules'], { cwd: copy, encoding: 'utf8' })
  return { installSeconds, installMb: Number.parseInt(size, 10) }
}

/** Making and starting an empty database by itself, and starting it again. */
async function measureBareDatabase(dataDir: string): Promise<Record<string, number>> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const times: number[] = []
  for (let turn = 0; turn < 2; turn++) {
    const began = performance.now()
    const postgres = await startEmbeddedPostgres({ dataDir })
    times.push(rounded(performance.now() - began))
    await postgres.stop()
  }
  const [bareDatabaseColdMs = Number.NaN, bareDatabaseWarmMs = Number.NaN] = times
  return { bareDatabaseColdMs, bareDatabaseWarmMs }
}
