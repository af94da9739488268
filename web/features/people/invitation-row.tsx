import { RotateCw, Trash2 } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Invitation, SentInvitation } from '#shared/orgs/people-contract.ts'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { notify } from '../../ui/toast.ts'
import { roleWords } from './role-words.ts'
import type { PeopleActs } from './use-people-acts.ts'

type InvitationRowProps = {
  orgId: OrgId
  invitation: Invitation
  isMailed: boolean
  acts: Pick<PeopleActs, 'resend' | 'revoke'>
  onSent: (sent: SentInvitation) => void
}

/** Somebody who was invited and has not come yet. */
export function InvitationRow({ orgId, invitation, isMailed, acts, onSent }: InvitationRowProps) {
  const { id, email, role, invitedBy, sentAt, isExpired } = invitation
  const asked = { orgId, invitationId: id }
  const isBusy = acts.resend.isPending || acts.revoke.isPending
  const resend = () =>
    acts.resend.mutate(asked, {
      onSuccess: (sent) => {
        onSent(sent)
        if (sent.token === null) notify({ title: `Mailed again to ${email}`, tone: 'done' })
      },
    })
  return (
    <li className="flex items-center gap-2 py-1.5">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-13">
          <span className="truncate" title={email}>
            {email}
          </span>
          {isExpired && <Badge tone="waiting">Expired</Badge>}
        </p>
        <p className="truncate text-12 text-fg-2">
          {roleWords[role]}, invited <TimeAgo at={sentAt} /> by {invitedBy}
        </p>
      </div>
      <IconButton
        icon={RotateCw}
        label={isMailed ? `Mail ${email} again` : `Make a new link for ${email}`}
        size="small"
        disabled={isBusy}
        onClick={resend}
      />
      <IconButton
        icon={Trash2}
        label={`Revoke the invitation of ${email}`}
        size="small"
        disabled={isBusy}
        onClick={() => acts.revoke.mutate(asked)}
      />
    </li>
  )
}
