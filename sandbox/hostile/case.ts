import { joined, listen } from '../contract/case.ts'
import type { Capabilities, RunOutcome, RunRequest, Session } from '../sandbox.ts'

/** What must not be reached, and what must not be read. */
export type Canaries = {
  /** Of a server on loopback that remembers who asked it. */
  readonly url: string
  /** Of the app itself, as an attacker would know it. */
  readonly app: string
  /** Stands wherever code might look: cookies, storage, environment, files of the machine. It may be in no output. */
  readonly secret: string
}

/** What an attack goes for; a stand-in that is no sandbox is asked only what leaves the machine it runs on alone. */
export type Target = 'time' | 'memory' | 'files' | 'processes' | 'page' | 'network' | 'siblings'

/** One attack. The program prints `REACHED` and what, for each thing it should not have got to. */
export type HostileCase = {
  readonly name: string
  readonly target: Target
  readonly program: (canaries: Canaries) => RunRequest
  /** Every way in which it may end; each has a name a person can read. */
  readonly ends: readonly RunOutcome['kind'][]
  readonly when?: (capabilities: Capabilities) => boolean
}

/** Attacks, and throws, saying what came instead, when the walls or the session did not hold. */
export async function attack(found: HostileCase, session: Session, canaries: Canaries): Promise<void> {
  const { result, chunks } = await listen(session, found.program(canaries))
  const said = joined(chunks)
    .map(([, text]) => text)
    .join('')
  if (!found.ends.includes(result.kind)) {
    throw new Error(`expected one of ${found.ends}, got ${JSON.stringify(result)} after ${said.slice(0, 2_000)}`)
  }
  const all = `${said}${JSON.stringify(result)}`
  const reached = /REACHED[^\n]*/.exec(all)
  if (reached) throw new Error(`${reached[0]}\n${said.slice(0, 2_000)}`)
  if (all.includes(canaries.secret)) throw new Error(`the canary was read:\n${said.slice(0, 2_000)}`)
  const after = await listen(session, { language: 'javascript', code: `console.log('alive')` })
  if (after.result.kind !== 'completed') throw new Error(`the session did not go on: ${JSON.stringify(after.result)}`)
}
