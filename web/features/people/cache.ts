import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgEvent, OrgEventOf } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { tellGone } from './gone.ts'
import { roleWords } from './role-words.ts'
import { roleMeans } from './words.ts'

type Told = Extract<OrgEvent, { type: `member.${string}` }> | OrgEventOf<'org.deleted'>

/** Who is in the org has changed, and maybe what oneself may do: roles are read with the orgs. */
export function followPeople({ type, orgId }: Told): void {
  void queryClient.invalidateQueries({ queryKey: trpc.people.pathKey() })
  if (type === 'member.invited' || type === 'member.invitation-revoked' || type === 'member.joined') return
  void follow(orgId, type === 'org.deleted' ? 'deleted' : 'removed')
}

/** What a person may do follows by itself wherever `useMay` asks; they are told of it too. */
async function follow(orgId: OrgId, how: 'removed' | 'deleted'): Promise<void> {
  const queryKey = trpc.orgs.list.queryKey()
  const before = queryClient.getQueryData(queryKey)?.find((org) => org.id === orgId)
  // An answer that is on its way may be older than this: it is asked once more after it. Where none came it stays marked as old.
  await queryClient.invalidateQueries({ queryKey, refetchType: 'all' })
  if (queryClient.getQueryState(queryKey)?.isInvalidated) return
  const now = queryClient.getQueryData(queryKey)?.find((org) => org.id === orgId)
  if (!before || before.role === now?.role) return
  if (!now) return tellGone({ orgId, name: before.name, how })
  notify({ title: `Your role is now ${roleWords[now.role].toLowerCase()}`, detail: roleMeans[now.role], tone: 'done' })
}
