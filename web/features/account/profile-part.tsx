import { useState } from 'react'
import type { AccountInfo } from '#shared/account/contract.ts'
import { useUnsaved } from '../../kernel/unsaved.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { readAccountAgain } from './cache.ts'
import { EmailDialog } from './email-dialog.tsx'
import { Part } from './part.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { fieldError, useAct } from './use-act.ts'

/** Name and address. */
export function ProfilePart({ account }: { account: AccountInfo }) {
  const [name, setName] = useState(account.name)
  const [isEmailOpen, setEmailOpen] = useState(false)
  const isChanged = name.trim() !== account.name
  useUnsaved(isChanged ? 'Your name' : undefined)
  const save = useAct(async () => {
    await postAccount('name', { name })
    await readAccountAgain()
    setName(name.trim())
  })
  return (
    <Part title="You">
      <form
        noValidate
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          save.run()
        }}
      >
        <div className="min-w-0 flex-1">
          <TextField
            label="Name"
            autoComplete="name"
            maxLength={80}
            value={name}
            onChange={setName}
            error={fieldError(save.problem, 'name')}
          />
        </div>
        {isChanged && (
          <Button type="submit" tone="primary" isBusy={save.isBusy} disabled={name.trim() === ''}>
            Save name
          </Button>
        )}
      </form>
      <ProblemNote problem={save.problem} fields={['name']} />
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="text-13 font-medium">E-mail</p>
          <p className="truncate text-12 text-fg-2" title={account.email ?? undefined}>
            {account.email ?? 'None yet. Give one to sign in with a password.'}
          </p>
        </div>
        <Button onClick={() => setEmailOpen(true)}>{account.email ? 'Change' : 'Add an address'}</Button>
      </div>
      {isEmailOpen && <EmailDialog account={account} onClose={() => setEmailOpen(false)} />}
    </Part>
  )
}
