import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ResetForm } from '../features/account/index.ts'
import { Button } from '../ui/button.tsx'
import { PageFrame } from './page-frame.tsx'
import { takeToken } from './sign-in.ts'

/** Where a reset link leads: the token is taken out of the address before anything is drawn. */
export function ResetPasswordPage() {
  const navigate = useNavigate()
  const [token] = useState(takeToken)
  const [isDone, setDone] = useState(false)
  const toSignIn = (
    <div>
      <Button tone={isDone ? 'primary' : 'secondary'} onClick={() => void navigate({ to: '/sign-in', replace: true })}>
        Go to the sign-in
      </Button>
    </div>
  )
  if (isDone) {
    return (
      <PageFrame title="Your password is set">
        <p role="status" className="text-pretty text-fg-2">
          Sign in with it. A second factor, if you have one, is asked for as before.
        </p>
        {toSignIn}
      </PageFrame>
    )
  }
  if (token === undefined) {
    return (
      <PageFrame title="This link is not complete">
        <p className="text-pretty text-fg-2">Open the whole link, up to its end, or ask for a new one.</p>
        {toSignIn}
      </PageFrame>
    )
  }
  return (
    <PageFrame title="Choose a new password">
      <ResetForm token={token} onDone={() => setDone(true)} />
    </PageFrame>
  )
}
