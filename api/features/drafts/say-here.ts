import type { SayGone, SayHere } from '#shared/drafts/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { readRow } from '../../kernel/db.ts'
import { tellAside } from '../../kernel/presence/asides.ts'
import { seqAt } from './store.ts'

/**
 * Says that a person has a page open, and where they are. Said again every few seconds: who is silent is not here. The answer
 * is how far the text of the open file has come, for those who missed something of it.
 */
export async function sayHere(context: OrgContext, input: SayHere): Promise<{ seq: number }> {
  requireMay(context, 'files.read')
  const { db, orgId, actor } = context
  const person = personOf(context)
  const { workspaceId, file, page } = input
  const found = workspaceId && (await readRow<{ seq: number }>(db, orgId, seqAt(orgId, workspaceId, file?.path)))
  if (workspaceId && !found) throw new AppError('not-found', 'There is no such workspace.')
  tellAside(db, orgId, {
    kind: 'here',
    here: { id: `${person.userId}/${page}`, userId: person.userId, name: actor.name.slice(0, 100), workspaceId, file },
  })
  return { seq: found?.seq ?? 0 }
}

export function sayGone(context: OrgContext, { page }: SayGone): void {
  requireMay(context, 'files.read')
  tellAside(context.db, context.orgId, { kind: 'gone', id: `${personOf(context).userId}/${page}` })
}

function personOf({ actor }: OrgContext) {
  if (actor.kind === 'person') return actor
  throw new AppError('forbidden', 'Only people are somewhere; a machine is not.')
}
