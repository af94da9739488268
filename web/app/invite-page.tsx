import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { OpenInvitation } from '#shared/orgs/people-contract.ts'
import { roleWords } from '../features/people/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import { queryClient } from '../kernel/trpc.ts'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextField } from '../ui/text-field.tsx'
import { acceptInvitation, forgetInvitation, lookAtInvitation, takeInvitation } from './invitation.ts'
import { PageFrame } from './page-frame.tsx'
import { signOut } from './sign-in.ts'

/** What the link of an invitation opens: joining, with the account one has or with a new one. */
export function InvitePage() {
  const [token] = useState(takeInvitation)
  const look = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => lookAtInvitation(token ?? ''),
    enabled: token !== undefined,
    retry: false,
    staleTime: 0,
  })
  if (token === undefined) {
    return (
      <PageFrame title="Invitation">
        <p className="text-pretty text-fg-2">
          Open the whole link you were sent, up to its end. It is used up once you have joined.
        </p>
      </PageFrame>
    )
  }
  if (look.error) {
    const { message, fix } = readProblem(look.error)
    return (
      <PageFrame title="Invitation">
        <div className="-mx-3">
          <ErrorPanel title={message} action={<Button onClick={() => void look.refetch()}>Try again</Button>}>
            {fix}
          </ErrorPanel>
        </div>
      </PageFrame>
    )
  }
  if (!look.data) {
    return (
      <PageFrame title="Invitation">
        <p className="flex items-center gap-2 text-fg-2">
          <Spinner /> Looking up your invitation
        </p>
      </PageFrame>
    )
  }
  return <Opened token={token} invitation={look.data} onLook={() => void look.refetch()} />
}

type OpenedProps = { token: string; invitation: OpenInvitation; onLook: () => void }

function Opened({ token, invitation, onLook }: OpenedProps) {
  const { orgName, invitedBy, role, you, hasAccount } = invitation
  return (
    <PageFrame title={`Join ${orgName}`}>
      <p className="text-pretty break-words text-fg-2">
        {invitedBy} invites you as {roleWords[role].toLowerCase()}.
      </p>
      {you ? (
        <SignedIn token={token} invitation={invitation} you={you} onLook={onLook} />
      ) : hasAccount ? (
        <SignInFirst email={invitation.email} />
      ) : (
        <MakeAccount token={token} email={invitation.email} />
      )}
    </PageFrame>
  )
}

function useJoin(token: string) {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (account: { name?: string; password?: string }) => acceptInvitation({ token, ...account }),
    onSuccess: async ({ orgId }) => {
      forgetInvitation()
      queryClient.clear()
      await navigate({ to: '/o/$orgId', params: { orgId }, search: {}, replace: true })
    },
  })
}

type SignedInProps = OpenedProps & { you: NonNullable<OpenInvitation['you']> }

function SignedIn({ token, invitation, you, onLook }: SignedInProps) {
  const join = useJoin(token)
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      queryClient.clear()
      onLook()
    },
  })
  if (!you.isInvited) {
    return (
      <>
        <p className="text-pretty break-words">
          The invitation is for <strong className="font-medium">{invitation.email}</strong>, but you are signed in as{' '}
          <strong className="font-medium">{you.email ?? you.name}</strong>.
        </p>
        <p className="text-pretty text-fg-2">Sign out to go on as the person who was invited.</p>
        <Problem error={leave.error} />
        <div className="flex justify-end">
          <Button tone="primary" isBusy={leave.isPending} onClick={() => leave.mutate()}>
            Sign out
          </Button>
        </div>
      </>
    )
  }
  return (
    <>
      <p className="break-words text-fg-2">You are signed in as {you.name}.</p>
      <Problem error={join.error} />
      <div className="flex justify-end">
        <Button tone="primary" isBusy={join.isPending} onClick={() => join.mutate({})}>
          Join
        </Button>
      </div>
    </>
  )
}

function SignInFirst({ email }: { email: string }) {
  const navigate = useNavigate()
  const signIn = () => {
    void navigate({ to: '/sign-in', hash: 'back=/invite' })
  }
  return (
    <>
      <p className="text-pretty break-words">
        There is an account for <strong className="font-medium">{email}</strong>. Sign in with it, and you come back
        here.
      </p>
      <div className="flex justify-end">
        <Button tone="primary" onClick={signIn}>
          Sign in
        </Button>
      </div>
    </>
  )
}

const shortest = 12

function MakeAccount({ token, email }: { token: string; email: string }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const join = useJoin(token)
  const isReady = name.trim() !== '' && password.length >= shortest
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) join.mutate({ name, password })
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <TextField label="E-mail" type="email" autoComplete="username" value={email} readOnly onChange={() => {}} />
      <TextField label="Your name" autoComplete="name" maxLength={80} autoFocus value={name} onChange={setName} />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        hint={`At least ${shortest} characters; a few words in a row are fine.`}
        value={password}
        onChange={setPassword}
      />
      <Problem error={join.error} />
      <div className="flex justify-end">
        <Button type="submit" tone="primary" disabled={!isReady} isBusy={join.isPending}>
          Make an account and join
        </Button>
      </div>
    </form>
  )
}

function Problem({ error }: { error: unknown }) {
  if (!error) return null
  const { message, fix } = readProblem(error)
  return (
    <div className="-mx-3 -my-1">
      <ErrorPanel title={message}>{fix}</ErrorPanel>
    </div>
  )
}
