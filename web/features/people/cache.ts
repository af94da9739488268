import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgEvent, OrgEventOf } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { tellGone } from './gone.ts'
import { roleMeans, roleWords } from './words.ts'

type Told = Extract<OrgEvent, { type: `member.${string}` }> | OrgEventOf<'org.deleted'>

/** Who is in the org has changed, and maybe what oneself may do: roles are read with the orgs. */
export function followPeople({ type, orgId }: Told): void {
  void queryClient.invalidateQueries({ queryKey: trpc.people.pathKey() })
  if (type === 'member.invited' || type === 'member.invitation-revoked' || type === 'member.joined') return
  void follow(orgId, type === 'org.deleted' ? 'deleted' : 'removed')
}

/** What a person may do follows by itself wherever `useMay` asks; they are told of it too. */
async function follow(orgId: OrgId, how: 'removed' | 'deleted'): Promise<void> {
  const before = queryClient.getQueryData(trpc.orgs.list.queryKey())?.find((org) => org.id === orgId)
  const orgs = await queryClient.fetchQuery({ ...trpc.orgs.list.queryOptions(), staleTime: 0 })
  const now = orgs.find((org) => org.id === orgId)
  if (!before || before.role === now?.role) return
  if (!now) return tellGone({ orgId, name: before.name, how })
  notify({ title: `Your role is now ${roleWords[now.role].toLowerCase()}`, detail: roleMeans[now.role], tone: 'done' })
}
