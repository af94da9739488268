import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { SentInvitation } from '#shared/orgs/people-contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay, useRole } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { InvitationRow } from './invitation-row.tsx'
import { InviteForm } from './invite-form.tsx'
import { InviteLink } from './invite-link.tsx'
import { MemberRow } from './member-row.tsx'
import { usePeopleActs } from './use-people-acts.ts'

/** Who is in the organisation, who is invited, and the form to invite more. */
export function PeopleSection({ orgId }: { orgId: OrgId }) {
  const people = useQuery({ ...trpc.people.list.queryOptions({ orgId }), staleTime: 0 })
  const mayInvite = useMay(orgId, 'people.invite')
  const role = useRole(orgId)
  const acts = usePeopleActs()
  const [sent, setSent] = useState<SentInvitation | undefined>()
  if (people.error) {
    const { message, fix } = readProblem(people.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void people.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  if (!people.data || role === undefined) {
    return (
      <div className="p-4">
        <SkeletonLines count={6} label="Loading the people" />
      </div>
    )
  }
  const { members, invitations, isMailed } = people.data
  const isOpen = sent !== undefined && invitations.some(({ id }) => id === sent.invitation.id)
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {mayInvite ? (
        <InviteForm orgId={orgId} mine={role} isMailed={isMailed} acts={acts} onSent={setSent} />
      ) : (
        <p className="border-b border-line px-4 py-3 text-12 text-pretty text-fg-2">
          Your role here is {role}. Owners and admins invite people and change roles.
        </p>
      )}
      {isOpen && <InviteLink key={sent.invitation.sentAt} sent={sent} onClose={() => setSent(undefined)} />}
      {invitations.length > 0 && (
        <section aria-label="Invitations" className="border-b border-line px-4 py-3">
          <h3 className="text-12 text-fg-2">Invited</h3>
          <ul>
            {invitations.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                orgId={orgId}
                invitation={invitation}
                isMailed={isMailed}
                acts={acts}
                onSent={setSent}
              />
            ))}
          </ul>
        </section>
      )}
      <section aria-label="Members" className="px-4 py-3">
        <h3 className="text-12 text-fg-2">{members.length === 1 ? 'One person' : `${members.length} people`}</h3>
        <ul>
          {members.map((member) => (
            <MemberRow key={member.userId} orgId={orgId} member={member} mine={role} members={members} acts={acts} />
          ))}
        </ul>
      </section>
      {members.length === 1 && invitations.length === 0 && mayInvite && (
        <EmptyState icon={UserPlus} title="You are the only one here">
          Whoever you invite sees the same live graph. Viewers see everything and change nothing, so they are safe to
          invite first.
        </EmptyState>
      )}
    </div>
  )
}
