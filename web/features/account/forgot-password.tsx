import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { signInOptionsQuery } from './cache.ts'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { useAct } from './use-act.ts'

export type ForgotPasswordProps = { email: string; onEmail: (email: string) => void; onBack: () => void }

/** Asks for a link by mail, or says who can make one. Never says whether the address is known. */
export function ForgotPassword({ email, onEmail, onBack }: ForgotPasswordProps) {
  const { data: options } = useQuery(signInOptionsQuery)
  const [isSent, setSent] = useState(false)
  const send = useAct(async () => {
    await postAccount('forgot-password', { email })
    setSent(true)
  })
  const back = (
    <Button tone="ghost" icon={ArrowLeft} className="-ml-2.5" onClick={onBack}>
      Back
    </Button>
  )
  if (options?.reset === 'operator') {
    return (
      <>
        <p className="text-pretty text-fg-2">
          This server sends no mail. Who runs it can make a link for you, in its terminal:
        </p>
        <pre className="overflow-x-auto rounded-6 bg-surface-3 p-2 font-mono text-12 whitespace-pre-wrap">
          npx delegraph reset-password {email === '' ? 'YOUR-ADDRESS' : email}
        </pre>
        <div>{back}</div>
      </>
    )
  }
  if (isSent) {
    return (
      <>
        <p role="status" className="text-pretty text-fg-2">
          If <span className="font-medium text-fg">{email}</span> has an account here, a link is on its way. It is good
          for 30 minutes.
        </p>
        <div>{back}</div>
      </>
    )
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        send.run()
      }}
    >
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        autoFocus
        hint="We send you a link to choose a new one."
        value={email}
        onChange={onEmail}
      />
      <ProblemNote problem={send.problem} />
      <div className="flex items-center justify-between gap-2">
        {back}
        <Button type="submit" tone="primary" isBusy={send.isBusy} disabled={!email.includes('@')}>
          Send the link
        </Button>
      </div>
    </form>
  )
}
