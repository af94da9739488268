import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { readAccountAgain } from './cache.ts'
import { PasswordField } from './password-field.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { fieldError, useAct } from './use-act.ts'

export function StopSecondFactorDialog({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState('')
  const stop = useAct(async () => {
    await postAccount('second-factor/stop', { password })
    await readAccountAgain()
    onClose()
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="narrow"
      title="Turn off the second factor"
      description="Then the password alone signs you in. The app and the backup codes open nothing any more."
      onSubmit={stop.run}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="danger" isBusy={stop.isBusy} disabled={password === ''}>
            Turn it off
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <PasswordField isFirst value={password} onChange={setPassword} error={fieldError(stop.problem, 'password')} />
        <ProblemNote problem={stop.problem} fields={['password']} />
      </div>
    </Dialog>
  )
}
