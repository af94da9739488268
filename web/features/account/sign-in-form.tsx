import { useQuery } from '@tanstack/react-query'
import { KeyRound, LogIn } from 'lucide-react'
import { useState } from 'react'
import type { PasswordAnswer } from '#shared/account/contract.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { signInOptionsQuery } from './cache.ts'
import { knowsPasskeys, signInWithPasskey } from './passkey-device.ts'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { fieldError, useAct } from './use-act.ts'

export type SignInFormProps = {
  email: string
  onEmail: (email: string) => void
  onSignedIn: () => void
  onSecondFactor: () => void
  onForgot: () => void
}

/** E-mail and password, and the other ways in that this server offers. */
export function SignInForm({ email, onEmail, onSignedIn, onSecondFactor, onForgot }: SignInFormProps) {
  const [password, setPassword] = useState('')
  const { data: options } = useQuery(signInOptionsQuery)
  const byPassword = useAct(async () => {
    const { kind } = await postAccount<PasswordAnswer>('sign-in', { email, password })
    if (kind === 'signed-in') return onSignedIn()
    onSecondFactor()
  })
  const byPasskey = useAct(async () => {
    await signInWithPasskey()
    onSignedIn()
  })
  const byProvider = useAct(async () => {
    const { url } = await postAccount<{ url: string }>('oidc')
    window.location.assign(url)
    // Busy until the browser has left.
    await new Promise(() => {})
  })
  const isPasskeyOffered = options?.passkey.isOffered === true && knowsPasskeys()
  const isBusy = byPassword.isBusy || byPasskey.isBusy || byProvider.isBusy

  return (
    <>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          byPasskey.clear()
          byPassword.run()
        }}
      >
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          autoFocus={email === ''}
          required
          value={email}
          onChange={onEmail}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          autoFocus={email !== ''}
          required
          value={password}
          onChange={setPassword}
          error={fieldError(byPassword.problem, 'password')}
        />
        <ProblemNote problem={byPassword.problem} fields={['password']} />
        <div className="flex items-center justify-between gap-2">
          <Button tone="ghost" className="-ml-2.5" onClick={onForgot}>
            Forgot your password?
          </Button>
          <Button
            type="submit"
            tone="primary"
            isBusy={byPassword.isBusy}
            disabled={isBusy || email === '' || password === ''}
          >
            Sign in
          </Button>
        </div>
      </form>
      {(isPasskeyOffered || options?.oidc) && (
        <div className="flex flex-col gap-2 border-t border-line pt-4">
          {isPasskeyOffered && (
            <Button icon={KeyRound} isBusy={byPasskey.isBusy} disabled={isBusy} onClick={byPasskey.run}>
              Sign in with a passkey
            </Button>
          )}
          {options?.oidc && (
            <Button icon={LogIn} isBusy={byProvider.isBusy} disabled={isBusy} onClick={byProvider.run}>
              Continue with {options.oidc.name}
            </Button>
          )}
          <ProblemNote problem={byPasskey.problem ?? byProvider.problem} />
        </div>
      )}
    </>
  )
}
