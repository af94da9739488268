import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '#shared/kernel/app-error.ts'

type Detail = { fix: string; mayPass: boolean; isDamaged?: boolean; cause?: unknown }

/** Why a key service did not do what it was asked. Its words name the service and the fix, never a key or a value. */
export class ServiceTrouble extends Error {
  readonly fix: string
  /** True for what a second try may get over: silence, throttling, a fault of the service. */
  readonly mayPass: boolean
  /** What was kept was changed: nobody can open it any more. */
  readonly isDamaged: boolean

  constructor(words: string, { fix, mayPass, isDamaged = false, cause }: Detail) {
    super(words, { cause })
    this.fix = fix
    this.mayPass = mayPass
    this.isDamaged = isDamaged
  }
}

const pauseMs = 200
const later = new WeakSet<AppError>()

/** Both tries failed, but it is worth trying again later: the service is down, silent or overloaded. */
export function mayPassLater(error: AppError): boolean {
  return later.has(error)
}

/** Asks a key service, and once more after a moment where that may help. What remains is `unavailable`, in words. */
export async function askTwice<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask().catch(async (error: unknown) => {
      if (!(error instanceof ServiceTrouble) || !error.mayPass) throw error
      await pause(pauseMs + Math.random() * pauseMs)
      return await ask()
    })
  } catch (error) {
    if (!(error instanceof ServiceTrouble)) throw error
    const passing = new AppError('unavailable', error.message, {
      fix: error.fix,
      ...(error.isDamaged && { data: { isDamaged: true } }),
      cause: error.cause,
    })
    if (error.mayPass) later.add(passing)
    throw passing
  }
}

/** Ends a wait that nothing else ends; what was waited for is told off by the signal. */
export async function inTime<T>(ms: number, tooLate: () => ServiceTrouble, work: (signal: AbortSignal) => Promise<T>) {
  const signal = AbortSignal.timeout(ms)
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(tooLate()), { once: true })
  })
  return await Promise.race([work(signal), late])
}
