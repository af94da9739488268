import { useState } from 'react'
import type { AccountInfo } from '#shared/account/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { readAccountAgain } from './cache.ts'
import { PasswordField } from './password-field.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { fieldError, useAct } from './use-act.ts'

export function EmailDialog({ account, onClose }: { account: AccountInfo; onClose: () => void }) {
  const [email, setEmail] = useState(account.email ?? '')
  const [password, setPassword] = useState('')
  const save = useAct(async () => {
    await postAccount('email', { email, password })
    await readAccountAgain()
    onClose()
  })
  const isReady = email.includes('@') && email !== account.email && (!account.hasPassword || password !== '')
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="narrow"
      title={account.email ? 'Change your e-mail address' : 'Add your e-mail address'}
      description="You sign in with it, and links to a new password go there."
      onSubmit={save.run}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={save.isBusy} disabled={!isReady}>
            {account.email ? 'Change address' : 'Add address'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="E-mail"
          type="email"
          autoComplete="email"
          data-autofocus
          value={email}
          onChange={setEmail}
          error={fieldError(save.problem, 'email')}
        />
        {account.hasPassword && (
          <PasswordField value={password} onChange={setPassword} error={fieldError(save.problem, 'password')} />
        )}
        <ProblemNote problem={save.problem} fields={['email', 'password']} />
      </div>
    </Dialog>
  )
}
