import { type FormEvent, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import type { SentInvitation } from '#shared/orgs/people-contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { notify } from '../../ui/toast.ts'
import type { PeopleActs } from './use-people-acts.ts'
import { roleMeans, rolesGivenBy } from './words.ts'

type InviteFormProps = {
  orgId: OrgId
  mine: Role
  isMailed: boolean
  acts: Pick<PeopleActs, 'invite'>
  onSent: (sent: SentInvitation) => void
}

/** By address and role. What was typed stays until the server has taken it. */
export function InviteForm({ orgId, mine, isMailed, acts: { invite }, onSent }: InviteFormProps) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('member')
  const problem = invite.error ? readProblem(invite.error) : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (email.trim() === '') return
    invite.mutate(
      { orgId, email, role },
      {
        onSuccess: (sent) => {
          setEmail('')
          onSent(sent)
          if (sent.token === null) notify({ title: `Invitation mailed to ${sent.invitation.email}`, tone: 'done' })
        },
      },
    )
  }
  return (
    <form onSubmit={submit} noValidate aria-label="Invite somebody" className="border-b border-line px-4 py-3">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label="Invite by e-mail"
            type="email"
            autoComplete="off"
            placeholder="name@example.com"
            value={email}
            onChange={(next) => {
              setEmail(next)
              invite.reset()
            }}
          />
        </div>
        <div className="w-28">
          <Select label="As" value={role} options={rolesGivenBy(mine)} onChange={setRole} />
        </div>
        <Button type="submit" tone="primary" isBusy={invite.isPending} disabled={email.trim() === ''}>
          Invite
        </Button>
      </div>
      {problem ? (
        <p role="alert" className="mt-1.5 text-12 text-pretty text-danger">
          {problem.message} {problem.fix}
        </p>
      ) : (
        <p className="mt-1.5 text-12 text-pretty text-fg-3">
          {roleMeans[role]} {isMailed ? 'They get a link by mail.' : 'You get a link to send them.'}
        </p>
      )}
    </form>
  )
}
