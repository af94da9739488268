import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { SignedIn } from './identity.ts'

const forMs = 30_000
const most = 10_000

type WhoIs = (headers: IncomingHttpHeaders) => Promise<SignedIn | null>

/**
 * Whose session a cookie is, remembered for half a minute under the cookie's hash. That never changes; whether the session
 * still holds does, so whoever takes the answer asks the database that, together with the role, in one question.
 */
export function rememberSessions(whoIs: WhoIs, now: () => number = Date.now): WhoIs {
  const known = new Map<string, { signedIn: SignedIn; until: number }>()
  const asking = new Map<string, Promise<SignedIn | null>>()
  return async (headers) => {
    if (!headers.cookie) return null
    const name = createHash('sha256').update(headers.cookie).digest('base64')
    const found = known.get(name)
    if (found && found.until > now()) return found.signedIn
    known.delete(name)
    // Many requests of one browser at once are one question.
    const asked = asking.get(name)
    if (asked) return await asked
    const answer = whoIs(headers).finally(() => asking.delete(name))
    asking.set(name, answer)
    const signedIn = await answer
    if (!signedIn) return null
    const [oldest] = known.keys()
    if (known.size >= most && oldest !== undefined) known.delete(oldest)
    known.set(name, { signedIn: { ...signedIn, setCookies: [] }, until: now() + forMs })
    return signedIn
  }
}
