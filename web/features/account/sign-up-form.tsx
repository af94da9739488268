import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { NewPasswordField, shortestPassword } from './new-password-field.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { fieldError, useAct } from './use-act.ts'

/** Only where the operator opened it. */
export function SignUpForm({ onSignedIn, onBack }: { onSignedIn: () => void; onBack: () => void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const make = useAct(async () => {
    await postAccount('sign-up', { name, email, password })
    onSignedIn()
  })
  const isComplete = name.trim() !== '' && email.includes('@') && password.length >= shortestPassword
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        make.run()
      }}
    >
      <TextField
        label="Your name"
        autoComplete="name"
        autoFocus
        value={name}
        onChange={setName}
        error={fieldError(make.problem, 'name')}
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        error={fieldError(make.problem, 'email')}
      />
      <NewPasswordField
        label="Password"
        value={password}
        onChange={setPassword}
        error={fieldError(make.problem, 'password')}
      />
      <ProblemNote problem={make.problem} fields={['name', 'email', 'password']} />
      <div className="flex items-center justify-between gap-2">
        <Button tone="ghost" className="-ml-2.5" onClick={onBack}>
          I have an account
        </Button>
        <Button type="submit" tone="primary" isBusy={make.isBusy} disabled={!isComplete}>
          Make my account
        </Button>
      </div>
    </form>
  )
}
