import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { BackupCodes } from './backup-codes.tsx'
import { readAccountAgain } from './cache.ts'
import { PasswordField } from './password-field.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { fieldError, useAct } from './use-act.ts'

/** New codes in place of the old ones, which open nothing from then on. */
export function BackupCodesDialog({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState('')
  const [codes, setCodes] = useState<readonly string[]>()
  const renew = useAct(async () => {
    const { backupCodes } = await postAccount<{ backupCodes: string[] }>('backup-codes', { password })
    setCodes(backupCodes)
    await readAccountAgain()
  })
  if (codes) {
    return (
      <Dialog
        key="codes"
        isOpen
        onClose={onClose}
        width="narrow"
        title="Your new backup codes"
        description="The old ones open nothing any more. These are not shown again."
        footer={
          <Button tone="primary" data-autofocus onClick={onClose}>
            I have kept them
          </Button>
        }
      >
        <BackupCodes codes={codes} />
      </Dialog>
    )
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="narrow"
      title="Make new backup codes"
      description="The old ones open nothing from then on."
      onSubmit={renew.run}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={renew.isBusy} disabled={password === ''}>
            Make new codes
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <PasswordField isFirst value={password} onChange={setPassword} error={fieldError(renew.problem, 'password')} />
        <ProblemNote problem={renew.problem} fields={['password']} />
      </div>
    </Dialog>
  )
}
