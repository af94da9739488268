import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { NewPasswordField, shortestPassword } from './new-password-field.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { fieldError, useAct } from './use-act.ts'

/** Uses a link up: the new password ends every session of the person. */
export function ResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const [password, setPassword] = useState('')
  const reset = useAct(async () => {
    await postAccount('reset-password', { token, password })
    onDone()
  })
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        reset.run()
      }}
    >
      <NewPasswordField
        autoFocus
        value={password}
        onChange={setPassword}
        error={fieldError(reset.problem, 'password')}
      />
      <ProblemNote problem={reset.problem} fields={['password']} />
      <div className="flex items-center justify-between gap-2">
        <p className="text-12 text-fg-3">You are signed out everywhere.</p>
        <Button type="submit" tone="primary" isBusy={reset.isBusy} disabled={password.length < shortestPassword}>
          Set this password
        </Button>
      </div>
    </form>
  )
}
