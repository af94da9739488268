import { useState } from 'react'
import type { SecondFactorSetup } from '#shared/account/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { BackupCodes } from './backup-codes.tsx'
import { readAccountAgain } from './cache.ts'
import { PasswordField } from './password-field.tsx'
import { ProblemNote } from './problem-note.tsx'
import { QrCode } from './qr-code.tsx'
import { postAccount } from './request.ts'
import { fieldError, useAct } from './use-act.ts'

type Step =
  | { kind: 'password' }
  | { kind: 'scan'; setup: SecondFactorSetup }
  | { kind: 'codes'; setup: SecondFactorSetup }

/** Password, then a code to scan, then codes for a lost phone. It is on once a code of the app was typed. */
export function SecondFactorSetupDialog({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState<Step>({ kind: 'password' })
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const start = useAct(async () => {
    setStep({ kind: 'scan', setup: await postAccount<SecondFactorSetup>('second-factor/start', { password }) })
  })
  const confirm = useAct(async (setup: SecondFactorSetup) => {
    await postAccount('second-factor/confirm', { code })
    setStep({ kind: 'codes', setup })
    await readAccountAgain()
  })

  if (step.kind === 'password') {
    return (
      <Dialog
        isOpen
        onClose={onClose}
        width="narrow"
        title="Turn on the second factor"
        description="You need an app that makes codes, such as Aegis, 1Password or Google Authenticator."
        onSubmit={start.run}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" tone="primary" isBusy={start.isBusy} disabled={password === ''}>
              Go on
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <PasswordField
            isFirst
            value={password}
            onChange={setPassword}
            error={fieldError(start.problem, 'password')}
          />
          <ProblemNote problem={start.problem} fields={['password']} />
        </div>
      </Dialog>
    )
  }
  const { setup } = step
  if (step.kind === 'scan') {
    return (
      <Dialog
        key="scan"
        isOpen
        onClose={onClose}
        title="Scan this with your app"
        description="Then type the six digits that it shows."
        onSubmit={() => confirm.run(setup)}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" tone="primary" isBusy={confirm.isBusy} disabled={code.replace(/\s/g, '').length < 6}>
              Turn it on
            </Button>
          </>
        }
      >
        <div className="flex flex-wrap gap-4">
          <QrCode text={setup.uri} label="QR code with the secret for your app" />
          <div className="flex min-w-50 flex-1 flex-col gap-3">
            <div>
              <p className="text-13 font-medium">No camera?</p>
              <p className="mb-1 text-12 text-fg-2">Type this into the app:</p>
              <code data-testid="totp-secret" className="font-mono text-12 break-all">
                {setup.secret.match(/.{1,4}/g)?.join(' ')}
              </code>
            </div>
            <TextField
              label="Code from your app"
              inputMode="numeric"
              autoComplete="one-time-code"
              data-autofocus
              className="font-mono tracking-widest"
              value={code}
              onChange={setCode}
              error={fieldError(confirm.problem, 'code')}
            />
            <ProblemNote problem={confirm.problem} fields={['code']} />
          </div>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog
      key="codes"
      isOpen
      onClose={onClose}
      width="narrow"
      title="The second factor is on"
      description="Keep these codes where you keep passwords. Each signs you in once when the phone is lost. They are not shown again."
      footer={
        <Button tone="primary" data-autofocus onClick={onClose}>
          I have kept them
        </Button>
      }
    >
      <BackupCodes codes={setup.backupCodes} />
    </Dialog>
  )
}
