import { useState } from 'react'
import type { AccountInfo } from '#shared/account/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/toast.ts'
import { readAccountAgain } from './cache.ts'
import { NewPasswordField, shortestPassword } from './new-password-field.tsx'
import { PasswordField } from './password-field.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { fieldError, LocalProblem, useAct } from './use-act.ts'

export function PasswordDialog({ account, onClose }: { account: AccountInfo; onClose: () => void }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const save = useAct(async () => {
    if (account.hasPassword && current === next) {
      throw new LocalProblem({ field: 'next', message: 'This is the password you have.' })
    }
    await postAccount('password', { current, next })
    await readAccountAgain()
    notify({ title: account.hasPassword ? 'Your password is changed' : 'Your password is set', tone: 'done' })
    onClose()
  })
  const isWrong = save.problem?.field === 'password' && account.hasPassword
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="narrow"
      title={account.hasPassword ? 'Change your password' : 'Set a password'}
      {...(account.email === null && { description: 'Add an e-mail address as well: you sign in with both.' })}
      onSubmit={save.run}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            tone="primary"
            isBusy={save.isBusy}
            disabled={next.length < shortestPassword || (account.hasPassword && current === '')}
          >
            {account.hasPassword ? 'Change password' : 'Set password'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {account.hasPassword && (
          <PasswordField
            isFirst
            value={current}
            onChange={setCurrent}
            error={isWrong ? fieldError(save.problem, 'password') : undefined}
          />
        )}
        <NewPasswordField
          value={next}
          onChange={setNext}
          error={fieldError(save.problem, account.hasPassword ? 'next' : 'password')}
        />
        <ProblemNote problem={save.problem} fields={['password', 'next']} />
      </div>
    </Dialog>
  )
}
