import type { Limits, OutputChunk, Sandbox, Server, Session } from '#sandbox/sandbox.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { holdFiles, type SessionFiles } from './changes/session-files.ts'
import type { Written } from './changes/written.ts'
import { stillHeld } from './still-held.ts'

/** What can be seen of the sessions, and whose it is. */
export type Held = {
  readonly heldBy: OrgId | null
  /** What answers requests now, the newest first. */
  readonly servers: readonly Server[]
  /** What programs of the terminal made or changed. */
  readonly madeBeside: readonly Written[]
  /** What of that there was no room for here, by path. */
  readonly noRoom: readonly string[]
}

type Given = {
  readonly limits: Limits
  hear(chunk: OutputChunk): void
  tell(held: Held): void
  /** What people call an org; undefined where it is not known. */
  nameOf(orgId: OrgId): string | undefined
}

type Opened = {
  readonly state: 'ready'
  readonly session: Session
  readonly files: SessionFiles
  /** Tells anew what was made beside the runs: when one has ended, more is known of it. */
  showMade(): void
}

type Unavailable = { readonly state: 'unavailable'; readonly reason: string }

/** `held`: another org's terminal has what would be lost. Null where meanwhile the sessions went to another org. */
export type FoundSession = Opened | Unavailable | { readonly state: 'held'; readonly reason: string } | null

type Hold = {
  readonly by: OrgId | null
  readonly opened: Map<Sandbox, Promise<Opened | Unavailable>>
  readonly servers: Map<Session, readonly Server[]>
  /** Those that are ready. */
  readonly files: Map<Session, SessionFiles>
}

/**
 * A session a backend. All are one org's: another's are begun only when those have ended, with whatever they shared, and never
 * while that would lose what the terminal made or a program of it.
 */
export function createOrgSessions({ limits, hear, tell, nameOf }: Given) {
  let held = holdOf(null)
  /** What has to have ended before a backend begins again. */
  const endings = new Map<Sandbox, () => Promise<void>>()

  const show = (hold: Hold) => {
    if (hold !== held) return
    const files = [...hold.files.values()]
    const made = {
      madeBeside: files.flatMap((each) => each.madeBeside()),
      noRoom: files.flatMap((each) => each.noRoom()),
    }
    tell({ heldBy: hold.by, servers: [...hold.servers.values()].flat(), ...made })
  }

  function handTo(orgId: OrgId): void {
    for (const [sandbox, opening] of held.opened) {
      const before = endings.get(sandbox)
      const ending = untilDone(async () => {
        await before?.()
        await end(sandbox, opening)
      })
      endings.set(sandbox, ending)
      // Whoever begins next hears why it failed.
      void ending().catch(() => undefined)
    }
    held = holdOf(orgId)
    show(held)
  }

  async function begin(sandbox: Sandbox, hold: Hold): Promise<Opened | Unavailable> {
    const ending = endings.get(sandbox)
    await ending?.()
    if (endings.get(sandbox) === ending) endings.delete(sandbox)
    const started = await sandbox.boot({ limits })
    if (started.state === 'unavailable') return started
    const { session } = started
    const files = holdFiles(session)
    hold.files.set(session, files)
    const showMade = () => show(hold)
    session.onOutput(hear)
    session.programs?.onFiles(showMade)
    session.onServers?.((servers) => {
      hold.servers.set(session, servers)
      show(hold)
    })
    return { state: 'ready', session, files, showMade }
  }

  async function open(orgId: OrgId, sandbox: Sandbox): Promise<FoundSession> {
    if (held.by !== orgId) handTo(orgId)
    const hold = held
    const opening = hold.opened.get(sandbox) ?? begin(sandbox, hold)
    hold.opened.set(sandbox, opening)
    const found = await opening.catch((error: unknown) => {
      hold.opened.delete(sandbox)
      throw error
    })
    if (found.state === 'unavailable') hold.opened.delete(sandbox)
    return hold === held ? found : null
  }

  return {
    /** Ahead of being asked for: null too where another org's terminal was used. Throws what a start throws. */
    async warm(orgId: OrgId, sandbox: Sandbox): Promise<FoundSession> {
      const isUsed = [...held.files.values()].some((files) => files.isShared())
      return held.by !== orgId && isUsed ? null : await open(orgId, sandbox)
    },
    /** For a run or a shell. Throws what a start throws. */
    async open(orgId: OrgId, sandbox: Sandbox): Promise<FoundSession> {
      while (held.by !== null && held.by !== orgId) {
        const hold = held
        await Promise.allSettled([...hold.files.values()].map((files) => files.catchUp()))
        if (hold !== held) continue
        const reason = stillHeld(nameOf(held.by), [...held.files.values()], [...held.servers.values()].flat())
        if (reason !== null) return { state: 'held', reason }
        break
      }
      return await open(orgId, sandbox)
    },
    noteSaved(orgId: OrgId, path: string, text: string): void {
      if (held.by !== orgId) return
      for (const files of held.files.values()) files.noteSaved(path, text)
    },
  }
}

function holdOf(by: OrgId | null): Hold {
  return { by, opened: new Map(), servers: new Map(), files: new Map() }
}

async function end(sandbox: Sandbox, opening: Promise<Opened | Unavailable>): Promise<void> {
  const opened = await opening.catch(() => null)
  try {
    if (opened?.state === 'ready') opened.session.dispose()
  } finally {
    await sandbox.close?.()
  }
}

/** Does it once; where that failed, again at the next call. */
function untilDone(act: () => Promise<void>): () => Promise<void> {
  let going: Promise<void> | undefined
  return () => {
    going ??= act().catch((error: unknown) => {
      going = undefined
      throw error
    })
    return going
  }
}
