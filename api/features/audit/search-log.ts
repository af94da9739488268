import type { AuditActors, AuditPage, SearchAudit } from '#shared/audit/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { idsNamed, namesIn } from './names.ts'
import { readNames } from './names-store.ts'
import { readActors, searchEvents } from './search-store.ts'

/** A page of what everybody did, newest first, with from where they did it. */
export async function searchLog(context: OrgContext, input: SearchAudit): Promise<AuditPage> {
  requireMay(context, 'audit.read')
  const { orgId: _, cursor, limit, ...slice } = input
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const names = await readNames(reader)
    const named = idsNamed(slice.text, names)
    const entries = await searchEvents(reader, { slice, named, before: cursor ?? Number.MAX_SAFE_INTEGER, limit })
    return {
      entries,
      names: namesIn(
        entries.map(({ event }) => [event.actor, event.payload]),
        names,
      ),
      next: entries.length < limit ? null : (entries.at(-1)?.event.seq ?? null),
    }
  })
}

export async function listActors(context: OrgContext): Promise<AuditActors> {
  requireMay(context, 'audit.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const names = await readNames(reader)
    const actors = await readActors(reader)
    return actors.map((actor) => ({ ...actor, name: names.get(actor.id) ?? actor.id }))
  })
}
