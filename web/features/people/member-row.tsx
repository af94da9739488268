import { useNavigate } from '@tanstack/react-router'
import { Crown, LogOut, UserMinus } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import type { Member } from '#shared/orgs/people-contract.ts'
import { isAtLeast } from '#shared/orgs/permission.ts'
import { mayAs } from '#shared/policies.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import { roleWords } from './role-words.ts'
import type { PeopleActs } from './use-people-acts.ts'
import { initialsOf, rolesGivenBy } from './words.ts'

type MemberRowProps = { orgId: OrgId; member: Member; mine: Role; members: readonly Member[]; acts: PeopleActs }
type Question = 'remove' | 'transfer' | 'leave'

/** One person, their role, and what may be done about it: nothing to those above oneself. */
export function MemberRow({ orgId, member, mine, members, acts }: MemberRowProps) {
  const [question, setQuestion] = useState<Question | undefined>()
  const { userId, name, email, role, isYou } = member
  const owners = members.filter((one) => one.role === 'owner').length
  const isLastOwner = role === 'owner' && owners === 1
  const mayChange = mayAs(mine, 'people.change-role') && isAtLeast(mine, role) && !isLastOwner
  const mayRemove = mayAs(mine, 'people.remove') && isAtLeast(mine, role) && !isYou
  const mayTransfer = mayAs(mine, 'orgs.transfer') && !isYou && role !== 'owner'
  return (
    <li className="border-b border-line py-2 last:border-0">
      <div className="flex items-center gap-2.5">
        <span
          aria-hidden
          className="flex size-7 shrink-0 items-center justify-center rounded-full bg-surface-3 text-12 font-medium text-fg-2"
        >
          {initialsOf(name)}
        </span>
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-1.5 text-13">
            <span className="truncate font-medium" title={name}>
              {name}
            </span>
            {isYou && <Badge tone="neutral">You</Badge>}
          </p>
          {email !== null && (
            <p className="truncate text-12 text-fg-2" title={email}>
              {email}
            </p>
          )}
        </div>
        {mayChange ? (
          <div className="w-28 shrink-0">
            <Select
              label={`Role of ${name}`}
              isLabelHidden
              value={role}
              options={rolesGivenBy(isYou ? role : mine)}
              disabled={acts.changeRole.isPending}
              onChange={(next) => acts.changeRole.mutate({ orgId, userId, role: next })}
            />
          </div>
        ) : (
          <span className="w-28 shrink-0 px-2 text-13 text-fg-2">{roleWords[role]}</span>
        )}
        <span className="flex w-14 shrink-0 justify-end gap-1">
          {mayTransfer && (
            <IconButton
              icon={Crown}
              label={`Hand the organisation to ${name}`}
              size="small"
              onClick={() => setQuestion('transfer')}
            />
          )}
          {mayRemove && (
            <IconButton icon={UserMinus} label={`Remove ${name}`} size="small" onClick={() => setQuestion('remove')} />
          )}
          {isYou && !isLastOwner && (
            <IconButton
              icon={LogOut}
              label="Leave the organisation"
              size="small"
              onClick={() => setQuestion('leave')}
            />
          )}
        </span>
      </div>
      {question && (
        <Sure orgId={orgId} member={member} question={question} acts={acts} onClose={() => setQuestion(undefined)} />
      )}
    </li>
  )
}

type SureProps = Pick<MemberRowProps, 'orgId' | 'member' | 'acts'> & { question: Question; onClose: () => void }

function Sure({ orgId, member: { userId, name }, question, acts, onClose }: SureProps) {
  const navigate = useNavigate()
  const done = { onSettled: onClose }
  const leave = () =>
    acts.leave.mutate(
      { orgId },
      {
        onSettled: onClose,
        onSuccess: async () => {
          await queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
          await navigate({ to: '/', replace: true })
        },
      },
    )
  const { words, act, run, isPending } = {
    remove: {
      words: `${name} loses access at once, and their keys stop. What they gave to do goes on.`,
      act: 'Remove',
      run: () => acts.remove.mutate({ orgId, userId }, done),
      isPending: acts.remove.isPending,
    },
    transfer: {
      words: `${name} becomes an owner, and you an admin. Only an owner can undo this.`,
      act: 'Hand it over',
      run: () => acts.transfer.mutate({ orgId, userId }, done),
      isPending: acts.transfer.isPending,
    },
    leave: {
      words: 'You lose access at once, and your keys stop. To come back you need a new invitation.',
      act: 'Leave',
      run: leave,
      isPending: acts.leave.isPending,
    },
  }[question]
  return (
    <div className="mt-2 rounded-6 bg-surface-2 p-2.5">
      <p className="text-12 text-pretty break-words text-fg-2">{words}</p>
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button size="small" onClick={onClose}>
          Cancel
        </Button>
        <Button size="small" tone="danger" isBusy={isPending} onClick={run} autoFocus>
          {act}
        </Button>
      </div>
    </div>
  )
}
