import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { McpTransport, ToolList } from '#shared/mcp/contract.ts'
import { secretNames } from '#shared/mcp/secret-names.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { valuesByName } from '../secrets/index.ts'
import { atMostEvery } from './at-most-every.ts'
import { connect, type Link } from './connect.ts'
import { hashOf } from './hash.ts'
import { drop, dropOutdated, findKept, isKept, type Kept, keep, release, requireRoom, retire } from './kept-links.ts'
import { readList } from './read-list.ts'
import { recordSeen, recordTrouble } from './record-seen.ts'
import { standingOf } from './standing.ts'
import { findServer, type ServerRow } from './store.ts'
import { isSessionGone, troubleWith } from './trouble.ts'
import { reasonOf, tellUnheard } from './unheard.ts'

const beginMs = 40_000
/** A server need not say that its list is another, so it is looked at this often while it is used, and no oftener if it does. */
const lookEveryMs = 15_000

type Asking = { context: OrgContext; server: ServerRow; workspaceId: WorkspaceId | null }

/** A session, with the hash of the list that it showed itself. `retire`: what begins from now on begins another. */
export type Met = { link: Link; hash: string; retire(): void }

/**
 * Does something over a session with the server, begun where there is none. What it shows is recorded before anything is called.
 * Sessions with other keys may be shown other lists, so each answers for its own: whoever calls compares the hash with the
 * approved one.
 */
export async function withLink<T>(asking: Asking, signal: AbortSignal, use: (met: Met) => Promise<T>): Promise<T> {
  return await holding(asking, async (kept) => {
    const met = await meet(asking, kept, signal, async (link) => {
      const { seen } = kept
      if (seen && !isDue(seen, asking.server)) return { link, hash: seen.hash }
      const { hash } = await look(asking, kept, link, signal)
      return { link, hash }
    })
    return await use({ ...met, retire: () => retire(kept) })
  })
}

/** What the server shows at this moment. */
export async function lookAt(asking: Asking, signal: AbortSignal): Promise<ToolList> {
  return await holding(asking, (kept) => meet(asking, kept, signal, (link) => look(asking, kept, link, signal)))
}

/** As long as the work goes on, the session is ended for nobody else. */
async function holding<T>(asking: Asking, work: (kept: Kept) => Promise<T>): Promise<T> {
  requireMayMeet(asking.server)
  await requireStill(asking)
  const secrets = await secretsOf(asking)
  const kept = findKept(keyOf(asking, secrets)) ?? begin(asking, secrets)
  kept.calls++
  try {
    return await work(kept)
  } finally {
    release(kept)
  }
}

async function meet<T>(asking: Asking, kept: Kept, signal: AbortSignal, use: (link: Link) => Promise<T>): Promise<T> {
  try {
    return await use(await unlessAborted(kept.link, signal))
  } catch (error) {
    if (signal.aborted) throw error
    throw await giveUp(asking, kept, error)
  }
}

/** Leaves the session to who is at work over it, and notes why where people look at the server. */
async function giveUp({ context, server }: Asking, kept: Kept, error: unknown): Promise<AppError> {
  retire(kept)
  const trouble = troubleWith(server.name, error, await wordsOf(kept))
  await recordTrouble(context, server, trouble.message)
  return trouble
}

/** A look is over when it is recorded: until then nobody takes its list for the one that counts. */
async function look({ context, server }: Asking, kept: Kept, link: Link, signal: AbortSignal): Promise<ToolList> {
  const { told } = kept
  const list = await readList(server.name, link.client, signal)
  await recordSeen(context, server, list)
  // Said to be another meanwhile, it is looked at again.
  if (kept.told === told) kept.seen = { hash: list.hash, at: Date.now() }
  return list
}

/** A list that is not the approved one may be again by now, e.g. because a person has just approved another. */
function isDue({ hash, at }: NonNullable<Kept['seen']>, { approved }: ServerRow): boolean {
  return Date.now() - at >= lookEveryMs || (approved !== null && approved.hash !== hash)
}

/** Whoever asks for a session: nothing is started that nobody approved. */
function requireMayMeet(server: ServerRow): void {
  const { state } = standingOf(server)
  if (state === 'off') throw new AppError('conflict', `${server.name} is switched off.`)
  if (state !== 'command') return
  throw new AppError('conflict', `The command of ${server.name} has not been approved as it is now.`, {
    fix: 'Look at the command and approve it; then try again.',
  })
}

/** No secret is opened for a server that was removed, switched off or changed since whoever asks read of it. */
async function requireStill({ context, server }: Asking): Promise<void> {
  const now = await inSnapshot(context.db, context.orgId, (reader) => findServer(reader, server.id))
  if (now && isStill(now, server)) return
  dropOutdated(context, server.id, now)
  throw new AppError('conflict', `${server.name} was changed, switched off or removed meanwhile.`, {
    fix: 'Look at it in Settings, Tools.',
  })
}

function isStill(now: ServerRow, before: ServerRow): boolean {
  return now.isOn && now.version === before.version
}

function begin(asking: Asking, secrets: Readonly<Record<string, string>>): Kept {
  const { context, server } = asking
  requireRoom(context.orgId)
  const tell = (during: string, error: unknown) => tellOf(asking, during, error)
  let broken: unknown
  const lookSoon = atMostEvery(lookEveryMs, () => {
    if (broken !== undefined) tell('nobody called it', broken)
    broken = undefined
    lookAgain(asking, kept).catch((error) => tell('looking again', error))
  })
  const onListChanged = () => {
    kept.seen = undefined
    kept.told++
    lookSoon()
  }
  const { name, transport, timeoutSeconds } = server
  // Others may wait for it too, so it does not end with whoever asked first.
  const link = connect(
    {
      ...{ name, transport, secrets, timeoutMs: timeoutSeconds * 1000, onListChanged },
      onBroken(error) {
        // What concerns a call is told to the call. While nobody calls, a look tells whether the server can still be used.
        if (kept.calls > 0 || !isKept(kept)) return
        broken = error
        lookSoon()
      },
      onUnclosed: (error) => tell('ending the session', error),
    },
    AbortSignal.timeout(beginMs),
  )
  let isGone = () => false
  link.then(
    (begun) => {
      isGone = begun.isGone
    },
    (error) => {
      isGone = () => true
      // Whoever wanted it has gone.
      if (kept.calls > 0 || !isKept(kept)) return
      giveUpAlone(asking, kept, error).catch((problem) => tell('noting what went wrong', problem))
    },
  )
  const kept: Kept = {
    ...{ key: keyOf(asking, secrets), orgId: context.orgId, serverId: server.id, version: server.version },
    ...{ db: context.db, link, isGone: () => isGone(), seen: undefined, told: 0, calls: 0, usedAt: Date.now() },
  }
  keep(kept)
  return kept
}

/**
 * The server said that its list is another, or something went wrong. Nobody may be calling it now: whoever looks at it shall see
 * it all the same. It is asked over the session there is, so no secret is opened, and it is no use that keeps the session.
 */
async function lookAgain(asking: Asking, kept: Kept): Promise<void> {
  if (!isKept(kept)) return
  const { context, server } = asking
  const now = await inSnapshot(context.db, context.orgId, (reader) => findServer(reader, server.id))
  if (!now || !isStill(now, server)) return drop(kept)
  const signal = AbortSignal.timeout(beginMs)
  const link = await kept.link
  try {
    await look(asking, kept, link, signal)
  } catch (error) {
    // Ended by us meanwhile.
    if (!isKept(kept)) return
    // A server that does not know the session any more can be used: the next call begins another.
    if (link.hasId() && isSessionGone(error)) return retire(kept)
    await giveUpAlone(asking, kept, error)
  }
}

/** Nobody waits for it, so the log is told as well. */
async function giveUpAlone(asking: Asking, kept: Kept, error: unknown): Promise<void> {
  tellOf(asking, 'nobody called it', await giveUp(asking, kept, error))
}

function tellOf({ context, server }: Asking, during: string, error: unknown): void {
  const { id: serverId, name } = server
  const unheard = { orgId: context.orgId, serverId, server: name, during, reason: reasonOf(error) }
  tellUnheard(context.db, unheard)
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** Its values too: workspaces with keys of their own share no session. */
function keyOf({ context, server }: Asking, secrets: Readonly<Record<string, string>>): string {
  const { version, transport, timeoutSeconds } = server
  return `${context.orgId}/${server.id}/${hashOf([version, transport, timeoutSeconds, secrets])}`
}

async function secretsOf({ context, server, workspaceId }: Asking): Promise<Record<string, string>> {
  const names = secretNames(textsOf(server.transport))
  if (names.length === 0) return {}
  const { id: serverId, name } = server
  const user =
    workspaceId === null
      ? ({ kind: 'mcp-server', serverId, name } as const)
      : ({ kind: 'workspace', workspaceId } as const)
  const values = await valuesByName(context, user, names)
  const missing = names.filter((name) => values[name] === undefined)
  if (missing.length === 0) return values
  throw new AppError('unavailable', `${server.name} cannot be used: ${missing.join(', ')} is not set.`, {
    fix: 'Add it in Settings, Secrets.',
  })
}

/** Where names of secrets may stand. */
export function textsOf(transport: McpTransport): Readonly<Record<string, string>> {
  return transport.kind === 'http' ? transport.headers : transport.env
}

async function wordsOf({ link }: Kept): Promise<string> {
  return await link.then(
    (one) => one.lastWords(),
    () => '',
  )
}
