import type { Limits, OutputChunk, Sandbox, Server, Session } from '#sandbox/sandbox.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { holdFiles, type SessionFiles } from './changes/session-files.ts'
import type { Written } from './changes/written.ts'

/** What can be seen of the sessions, and whose it is. */
export type Held = {
  readonly heldBy: OrgId | null
  /** What answers requests now, the newest first. */
  readonly servers: readonly Server[]
  /** What programs of the terminal made or changed. */
  readonly madeBeside: readonly Written[]
}

type Given = { readonly limits: Limits; hear(chunk: OutputChunk): void; tell(held: Held): void }

type Opened =
  | { readonly state: 'unavailable'; readonly reason: string }
  | {
      readonly state: 'ready'
      readonly session: Session
      readonly files: SessionFiles
      /** Tells anew what was made beside the runs: when one has ended, more is known of it. */
      showMade(): void
    }

type Hold = {
  readonly by: OrgId | null
  readonly opened: Map<Sandbox, Promise<Opened>>
  readonly servers: Map<Session, readonly Server[]>
  readonly made: Map<Session, readonly Written[]>
}

/** A session a backend. All are one org's: another's begin only when those have ended, with whatever they shared. */
export function createOrgSessions({ limits, hear, tell }: Given) {
  let held = holdOf(null)
  let emptied: Promise<unknown> = Promise.resolve()

  const show = (hold: Hold) => {
    if (hold !== held) return
    tell({ heldBy: hold.by, servers: [...hold.servers.values()].flat(), madeBeside: [...hold.made.values()].flat() })
  }

  function handTo(orgId: OrgId): void {
    emptied = Promise.all([emptied, ...[...held.opened].map(end)])
    held = holdOf(orgId)
    show(held)
  }

  async function begin(sandbox: Sandbox, hold: Hold): Promise<Opened> {
    await emptied
    const started = await sandbox.boot({ limits })
    if (started.state === 'unavailable') return started
    const { session } = started
    const files = holdFiles(session)
    const showMade = () => {
      hold.made.set(session, files.madeBeside())
      show(hold)
    }
    session.onOutput(hear)
    session.programs?.onFiles(showMade)
    session.onServers?.((servers) => {
      hold.servers.set(session, servers)
      show(hold)
    })
    return { state: 'ready', session, files, showMade }
  }

  /** The session of a backend for an org; null where meanwhile the sessions went to another. Throws what a start throws. */
  return async (orgId: OrgId, sandbox: Sandbox): Promise<Opened | null> => {
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
}

function holdOf(by: OrgId | null): Hold {
  return { by, opened: new Map(), servers: new Map(), made: new Map() }
}

async function end([sandbox, opening]: [Sandbox, Promise<Opened>]): Promise<void> {
  const opened = await opening.catch(() => null)
  if (opened?.state === 'ready') opened.session.dispose()
  await sandbox.close?.()
}
