import type { OrgEvent, OrgEventOf } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

type Told = Extract<OrgEvent, { type: `member.${string}` }> | OrgEventOf<'org.deleted'>

/** Who is in the org has changed, and maybe what oneself may do: roles are read with the orgs. */
export function followPeople({ type }: Told): void {
  void queryClient.invalidateQueries({ queryKey: trpc.people.pathKey() })
  if (type === 'member.invited' || type === 'member.invitation-revoked' || type === 'member.joined') return
  void queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
}
