import type { Logger } from 'pino'
import { clearServerSandbox } from '#sandbox/server/choose.ts'

/** Takes away what servers that were killed left running in the sandbox. Nothing waits for it. */
export function clearSandbox(log: Logger): void {
  clearServerSandbox().then(
    (removed) => removed > 0 && log.warn({ removed }, 'containers left over by a server that was killed were removed'),
    (error: unknown) => log.warn({ err: error }, 'what a killed server may have left in the sandbox was not removed'),
  )
}
