import type { McpServerId, OrgId } from '#shared/kernel/ids.ts'
import type { Db } from '../../kernel/db.ts'

/** What went wrong with a server where nobody was waiting for it: in words, without what was sent or answered. */
export type Unheard = { orgId: OrgId; serverId: McpServerId; server: string; during: string; reason: string }

const ears = new WeakMap<Db, (unheard: Unheard) => void>()

/** Who hears of it in this process: the log. */
export function hearUnheard(db: Db, hear: (unheard: Unheard) => void): void {
  ears.set(db, hear)
}

export function tellUnheard(db: Db, unheard: Unheard): void {
  ears.get(db)?.(unheard)
}

/** What an error says before it tells what was sent or answered. */
export function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  return said
    .split(/: ?["[{]/, 1)
    .join('')
    .slice(0, 300)
}
