import { AppError } from '#shared/kernel/app-error.ts'
import type { McpServerId, OrgId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { Db } from '../../kernel/db.ts'
import type { Link } from './connect.ts'
import { isUnused, makeWay } from './room.ts'
import type { ServerRow } from './store.ts'

/** A session that is kept, with the list it showed last. `told`: how often the server said that it is another now. */
export type Kept = {
  readonly key: string
  readonly orgId: OrgId
  readonly serverId: McpServerId
  /** Of the server's row it was begun by. */
  readonly version: number
  readonly db: Db
  readonly link: Promise<Link>
  isGone(): boolean
  seen: { hash: string; at: number } | undefined
  told: number
  /** In flight over it: as long as there are any, it is ended for nobody else. */
  calls: number
  usedAt: number
}

const links = new Map<string, Kept>()
/** Given to nobody any more, and not ended yet: somebody is still at work over them. */
const leaving = new Set<Kept>()

/** The one that is there, if it still lives. */
export function findKept(key: string): Kept | undefined {
  const known = links.get(key)
  if (!known?.isGone()) return known
  drop(known)
  return undefined
}

/** Whether there is one and whether one is begun is one moment: two who ask at once share it. Throws `busy` where all are in use. */
export function requireRoom(orgId: OrgId): void {
  const unused = makeWay(all(), orgId)
  if (unused === undefined) {
    throw new AppError('busy', 'Too many MCP servers are in use at this moment.', { fix: 'Try again in a while.' })
  }
  for (const kept of unused) drop(kept)
}

export function keep(kept: Kept): void {
  links.set(kept.key, kept)
  sweepLater()
}

export function isKept(kept: Kept): boolean {
  return links.get(kept.key) === kept
}

/** Ends it at once, whoever is at work over it. */
export function drop(kept: Kept): void {
  remove(kept)
  void end(kept)
}

/** Gives it to nobody any more, and ends it once nobody is at work over it: a call whose answer is lost may have been done. */
export function retire(kept: Kept): void {
  remove(kept)
  if (kept.calls > 0) leaving.add(kept)
  else void end(kept)
}

/** One who was at work over it is done. */
export function release(kept: Kept): void {
  kept.calls--
  kept.usedAt = Date.now()
  if (kept.calls === 0 && leaving.has(kept)) drop(kept)
}

function remove(kept: Kept): void {
  if (isKept(kept)) links.delete(kept.key)
  leaving.delete(kept)
}

function all(): Kept[] {
  return [...links.values(), ...leaving]
}

/** One that could not be begun has nothing to end; why it could not was told to those who waited, or recorded. */
async function end({ link }: Kept): Promise<void> {
  await link.then(
    (begun) => begun.close(),
    () => {},
  )
}

/** Ends what is kept of a server, so that it is met anew. */
export async function forget({ orgId }: OrgContext, { id }: Pick<ServerRow, 'id'>): Promise<void> {
  const of = keptOf(orgId, id)
  for (const kept of of) drop(kept)
  await Promise.allSettled(of.map(({ link }) => link))
}

/** Ends what is kept of a server as it was before; `now` is undefined where there is none any more. */
export function dropOutdated({ orgId }: OrgContext, id: McpServerId, now: ServerRow | undefined): void {
  for (const kept of keptOf(orgId, id)) if (!now?.isOn || now.version !== kept.version) drop(kept)
}

function keptOf(orgId: OrgId, id: McpServerId): Kept[] {
  return all().filter((kept) => kept.orgId === orgId && kept.serverId === id)
}

/** Ends every session of this process with servers of this database. */
export async function closeLinks(db: Db): Promise<void> {
  const own = all().filter((kept) => kept.db === db)
  await Promise.all(
    own.map(async (kept) => {
      remove(kept)
      await end(kept)
    }),
  )
}

let isSweeping = false

/** What nobody uses is ended. */
function sweepLater(): void {
  if (isSweeping) return
  isSweeping = true
  setTimeout(() => {
    isSweeping = false
    const now = Date.now()
    for (const kept of [...links.values()]) if (isUnused(kept, now)) drop(kept)
    if (links.size > 0) sweepLater()
  }, 60_000).unref()
}
