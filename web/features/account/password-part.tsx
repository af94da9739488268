import { useState } from 'react'
import type { AccountInfo } from '#shared/account/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Part } from './part.tsx'
import { PasswordDialog } from './password-dialog.tsx'

export function PasswordPart({ account }: { account: AccountInfo }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Part
      title="Password"
      detail={
        account.hasPassword
          ? 'Changing it signs you out everywhere else.'
          : 'None yet: you sign in by the link that the server prints at its start.'
      }
      action={
        <Button onClick={() => setOpen(true)}>{account.hasPassword ? 'Change password' : 'Set a password'}</Button>
      }
    >
      {isOpen && <PasswordDialog account={account} onClose={() => setOpen(false)} />}
    </Part>
  )
}
