import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Language, Session } from '#sandbox/sandbox.ts'
import { createBubblewrap } from '#sandbox/server/bubblewrap.ts'
import type { Bench } from './bench.ts'
import { percentile, rounded } from './statistics.ts'

const runs = 40

/**
 * From the call to the program's first word: in a process that is started for it, and in one that waits; killing what loops;
 * fifty at once. Beside it, from the same minutes, a bare `node -e` without any walls.
 */
export async function runServerSandboxBench(): Promise<Bench> {
  const sandbox = createBubblewrap()
  const booted = await sandbox.boot()
  if (booted.state === 'unavailable') throw new Error(`Nothing to measure: ${booted.reason}`)
  const { session } = booted
  const cold: number[] = []
  const python: number[] = []
  const bare: number[] = []
  const kills: number[] = []
  for (let run = 0; run < runs; run++) {
    cold.push(await firstWord(session, 'typescript', 'const n: number = 1; console.log(n)'))
    python.push(await firstWord(session, 'python', 'print(1)'))
    bare.push(bareNode())
    kills.push(await killed(session))
  }
  const together = await manyAtOnce(sandbox, 50)
  const waiting: number[] = []
  session.prepare('typescript')
  for (let run = 0; run < runs; run++) {
    // As after any pause between two programs: the next runtime has started and waits.
    await new Promise((resolve) => setTimeout(resolve, 250))
    waiting.push(await firstWord(session, 'typescript', 'const n: number = 1; console.log(n)'))
  }
  session.dispose()
  sandbox.close()
  return {
    figures: {
      tsColdP50Ms: percentile(cold, 0.5),
      tsColdP95Ms: percentile(cold, 0.95),
      pythonColdP50Ms: percentile(python, 0.5),
      poolP50Ms: percentile(waiting, 0.5),
      poolP95Ms: percentile(waiting, 0.95),
      killP50Ms: percentile(kills, 0.5),
      fiftyAtOnceMs: rounded(together.ms),
      fiftyAtOnceFailed: together.failed,
    },
    baseline: { bareNodeMs: percentile(bare, 0.5), bareNodeP95Ms: percentile(bare, 0.95), load: loadNow() },
  }
}

async function firstWord(session: Session, language: Language, code: string): Promise<number> {
  const start = performance.now()
  let heard: number | undefined
  const stop = session.onOutput(() => {
    heard ??= performance.now() - start
  })
  const { kind } = await session.run({ language, code })
  stop()
  if (kind !== 'completed' || heard === undefined) throw new Error(`a run of the bench was ${kind}`)
  return heard
}

/** From the kill to the result, of a program that never ends by itself. */
async function killed(session: Session): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = session.onOutput(() => resolve())
  const running = session.run({ language: 'javascript', code: `console.log('on'); for (;;) {}` })
  await promise
  stop()
  const start = performance.now()
  session.kill()
  await running
  return performance.now() - start
}

async function manyAtOnce(
  sandbox: ReturnType<typeof createBubblewrap>,
  count: number,
): Promise<{ ms: number; failed: number }> {
  const start = performance.now()
  const results = await Promise.all(
    Array.from({ length: count }, async () => {
      const booted = await sandbox.boot()
      if (booted.state !== 'ready') return 'unavailable'
      const { kind } = await booted.session.run({ language: 'javascript', code: 'console.log(1)' })
      booted.session.dispose()
      return kind
    }),
  )
  return { ms: performance.now() - start, failed: results.filter((kind) => kind !== 'completed').length }
}

function bareNode(): number {
  const start = performance.now()
  spawnSync(process.execPath, ['-e', 'console.log(1)'])
  return performance.now() - start
}

function loadNow(): number {
  return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0])
}
