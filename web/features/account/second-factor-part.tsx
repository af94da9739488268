import { useState } from 'react'
import type { AccountInfo } from '#shared/account/contract.ts'
import { Button } from '../../ui/button.tsx'
import { BackupCodesDialog } from './backup-codes-dialog.tsx'
import { Part } from './part.tsx'
import { SecondFactorSetupDialog } from './second-factor-setup-dialog.tsx'
import { StopSecondFactorDialog } from './stop-second-factor-dialog.tsx'

type Open = 'setup' | 'stop' | 'codes' | undefined

/** A code of an app after the password. */
export function SecondFactorPart({ account }: { account: AccountInfo }) {
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const { hasSecondFactor, hasPassword, backupCodesLeft } = account
  return (
    <Part
      title="Second factor"
      detail={detailOf(account)}
      action={
        hasSecondFactor ? (
          <Button tone="danger" onClick={() => setOpen('stop')}>
            Turn off
          </Button>
        ) : (
          <Button disabled={!hasPassword} onClick={() => setOpen('setup')}>
            Turn on
          </Button>
        )
      }
    >
      {hasSecondFactor && (
        <div className="flex items-center gap-3">
          <p className={`min-w-0 flex-1 text-12 ${backupCodesLeft < 3 ? 'text-danger' : 'text-fg-2'}`}>
            {backupCodesLeft === 1 ? '1 backup code' : `${backupCodesLeft} backup codes`} left for a lost phone.
          </p>
          <Button onClick={() => setOpen('codes')}>Make new codes</Button>
        </div>
      )}
      {open === 'setup' && <SecondFactorSetupDialog onClose={close} />}
      {open === 'stop' && <StopSecondFactorDialog onClose={close} />}
      {open === 'codes' && <BackupCodesDialog onClose={close} />}
    </Part>
  )
}

function detailOf({ hasSecondFactor, hasPassword }: AccountInfo): string {
  if (hasSecondFactor) return 'On: after the password a code of your app is asked for.'
  if (hasPassword) return 'Off. Turn it on to be asked for a code of an app on your phone after the password.'
  return 'Set a password first: the code is asked for after it.'
}
