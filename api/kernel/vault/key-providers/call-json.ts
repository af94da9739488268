import { FetchFailure, safeFetch } from '../../safe-fetch.ts'
import { ServiceTrouble } from './ask-twice.ts'

export type Service = {
  /** As people know it, e.g. `Vault`. */
  name: string
  /** What to look at when it cannot be reached, e.g. the name of a variable. */
  whereToLook: string
  timeoutMs: number
}

export type Called = { status: number; body: unknown }

/** The address was given by the operator of this server, so it may be a private one. */
const reach = { mayReachPrivate: true, maxBytes: 256 * 1024 }

/** One POST of JSON to a key service. An answer that is no JSON has the body undefined; no answer is a ServiceTrouble. */
export async function postJson(
  service: Service,
  url: URL,
  headers: Record<string, string>,
  body: unknown,
): Promise<Called> {
  const { name, whereToLook, timeoutMs } = service
  const signal = AbortSignal.timeout(timeoutMs)
  const fix = `Look whether ${name} runs and can be reached from here; its address is set by ${whereToLook}.`
  try {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
    const answer = await safeFetch(
      url,
      { ...init, body: JSON.stringify(body), signal },
      { ...reach, idleMs: timeoutMs },
    )
    const text = await answer.text()
    return { status: answer.status, body: parsed(text) }
  } catch (error) {
    if (signal.aborted) {
      throw new ServiceTrouble(`${name} did not answer within ${timeoutMs / 1_000} seconds.`, {
        fix,
        mayPass: true,
        cause: error,
      })
    }
    if (!(error instanceof FetchFailure)) throw error
    throw new ServiceTrouble(`${name} gave no answer: ${error.message}`, { fix, mayPass: true, cause: error })
  }
}

/** Throttled, or a fault of the service: it may be over in a moment. */
export function mayPass(status: number): boolean {
  return status === 429 || status >= 500
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
