import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { McpTransport, ToolList } from '#shared/mcp/contract.ts'
import { secretNames } from '#shared/mcp/secret-names.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { Db } from '../../kernel/db.ts'
import { valuesByName } from '../secrets/index.ts'
import { connect, type Link } from './connect.ts'
import { hashOf } from './hash.ts'
import { readList } from './read-list.ts'
import { recordSeen, recordTrouble } from './record-seen.ts'
import { standingOf } from './standing.ts'
import type { ServerRow } from './store.ts'
import { troubleWith } from './trouble.ts'

/** A session that is kept, with the list it showed last. `told`: how often the server said that it is another now. */
type Kept = { link: Promise<Link>; isGone(): boolean; seen: Seen | undefined; told: number; usedAt: number; db: Db }
type Seen = { hash: string; at: number }

const links = new Map<string, Kept>()
const maxLinks = 64
const idleMs = 300_000
const beginMs = 40_000
/** A server need not say that its list is another, so it is looked at this often while it is used. */
const lookEveryMs = 15_000

type Asking = { context: OrgContext; server: ServerRow; workspaceId: WorkspaceId | null }

/** A session, with the hash of the list that it showed itself. */
type Met = { link: Link; hash: string }

/**
 * A session with the server, begun where there is none. What it shows is recorded before anything is called. Sessions with other
 * keys may be shown other lists, so each answers for its own: whoever calls compares the hash with the approved one.
 */
export async function linkTo(asking: Asking, signal: AbortSignal): Promise<Met> {
  return await meet(asking, signal, async (link, kept) => {
    const { seen } = kept
    if (seen && !isDue(seen, asking.server)) return { link, hash: seen.hash }
    const { hash } = await look(asking, kept, link, signal)
    return { link, hash }
  })
}

/** What the server shows at this moment. */
export async function lookAt(asking: Asking, signal: AbortSignal): Promise<ToolList> {
  return await meet(asking, signal, (link, kept) => look(asking, kept, link, signal))
}

async function meet<T>(asking: Asking, signal: AbortSignal, use: (link: Link, kept: Kept) => Promise<T>): Promise<T> {
  const { context, server } = asking
  requireMayMeet(server)
  const secrets = await secretsOf(asking)
  const key = keyOf(asking, secrets)
  const kept = keptOf(asking, key, secrets)
  try {
    return await use(await unlessAborted(kept.link, signal), kept)
  } catch (error) {
    if (signal.aborted) throw error
    drop(key, kept)
    const trouble = troubleWith(server.name, error, await wordsOf(kept))
    await recordTrouble(context, server, trouble.message)
    throw trouble
  }
}

/** A look is over when it is recorded: until then nobody takes its list for the one that counts. */
async function look({ context, server }: Asking, kept: Kept, link: Link, signal: AbortSignal): Promise<ToolList> {
  const { told } = kept
  const list = await readList(link.client, signal)
  await recordSeen(context, server, list)
  // Said to be another meanwhile, it is looked at again.
  if (kept.told === told) kept.seen = { hash: list.hash, at: Date.now() }
  return list
}

/** A list that is not the approved one may be again by now, e.g. because a person has just approved another. */
function isDue({ hash, at }: Seen, { approved }: ServerRow): boolean {
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

/** Ends what is kept of a server, so that it is met anew. */
export async function forget(context: OrgContext, server: Pick<ServerRow, 'id'>): Promise<void> {
  const of = [...links].filter(([key]) => key.startsWith(`${context.orgId}/${server.id}/`))
  for (const [key, kept] of of) drop(key, kept)
  await Promise.allSettled(of.map(([, { link }]) => link))
}

/** Ends every session of this process with servers of this database. */
export async function closeLinks(db: Db): Promise<void> {
  const own = [...links].filter(([, kept]) => kept.db === db)
  await Promise.allSettled(
    own.map(async ([key, kept]) => {
      links.delete(key)
      await (await kept.link).close()
    }),
  )
}

/** Whether there is one and whether one is begun is one moment: two who ask at once share it. */
function keptOf(asking: Asking, key: string, secrets: Readonly<Record<string, string>>): Kept {
  const known = links.get(key)
  if (known && !known.isGone()) {
    known.usedAt = Date.now()
    return known
  }
  if (known) drop(key, known)
  makeRoom()
  const onListChanged = () => {
    kept.seen = undefined
    kept.told++
    // Nobody may be calling it now: whoever looks shall see it stopped all the same.
    void lookAt(asking, AbortSignal.timeout(beginMs)).catch(() => {})
  }
  const { name, transport, timeoutSeconds } = asking.server
  // Others may wait for it too, so it does not end with whoever asked first.
  const begun = connect(
    { name, transport, secrets, timeoutMs: timeoutSeconds * 1000, onListChanged },
    AbortSignal.timeout(beginMs),
  )
  let isGone = () => false
  begun.then(
    (link) => {
      isGone = link.isGone
    },
    () => {
      isGone = () => true
    },
  )
  const kept: Kept = {
    link: begun,
    isGone: () => isGone(),
    seen: undefined,
    told: 0,
    usedAt: Date.now(),
    db: asking.context.db,
  }
  links.set(key, kept)
  sweepLater()
  return kept
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
  const values = await valuesByName(context, workspaceId, names)
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

function drop(key: string, kept: Kept): void {
  if (links.get(key) === kept) links.delete(key)
  void kept.link.then((link) => link.close()).catch(() => {})
}

function makeRoom(): void {
  const oldest = [...links].toSorted(([, one], [, other]) => one.usedAt - other.usedAt)
  for (const [key, kept] of oldest.slice(0, Math.max(0, links.size - maxLinks + 1))) drop(key, kept)
}

let isSweeping = false

/** What nobody uses is ended. */
function sweepLater(): void {
  if (isSweeping) return
  isSweeping = true
  setTimeout(() => {
    isSweeping = false
    const until = Date.now() - idleMs
    for (const [key, kept] of [...links]) if (kept.usedAt < until) drop(key, kept)
    if (links.size > 0) sweepLater()
  }, 60_000).unref()
}
