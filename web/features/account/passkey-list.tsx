import { KeyRound, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { AccountInfo, PasskeyInfo } from '#shared/account/contract.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { Part } from './part.tsx'
import { knowsPasskeys } from './passkey-device.ts'
import { AddPasskeyDialog, RemovePasskeyDialog, RenamePasskeyDialog } from './passkey-dialogs.tsx'

type Open = { kind: 'add' } | { kind: 'rename' | 'remove'; passkey: PasskeyInfo }

/** Passkeys stand for password and second factor together. */
export function PasskeyList({ account }: { account: AccountInfo }) {
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const { passkeys, passkey } = account
  const canAdd = passkey.isOffered && knowsPasskeys()
  return (
    <Part
      title="Passkeys"
      detail="Sign in with a finger, a face or a security key instead of password and code."
      action={
        canAdd && (
          <Button icon={KeyRound} onClick={() => setOpen({ kind: 'add' })}>
            Add a passkey
          </Button>
        )
      }
    >
      {!passkey.isOffered && passkey.elsewhere && (
        <p className="text-12 text-pretty text-fg-2">
          Passkeys belong to a name, and this page was opened by an address. Open{' '}
          <a href={passkey.elsewhere} className="text-accent underline underline-offset-2">
            {passkey.elsewhere.replace(/^https?:\/\//, '')}
          </a>{' '}
          and sign in there to add one.
        </p>
      )}
      {passkeys.length > 0 && (
        <ul aria-label="Your passkeys" className="flex flex-col gap-1">
          {passkeys.map((each) => (
            <li key={each.id} className="flex items-center gap-2">
              <KeyRound size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg-3" />
              <span className="min-w-0 flex-1 truncate" title={each.name}>
                {each.name}
              </span>
              {each.createdAt && (
                <span className="text-12 text-fg-3">
                  added <TimeAgo at={each.createdAt} />
                </span>
              )}
              <IconButton
                icon={Pencil}
                size="small"
                label={`Rename ${each.name}`}
                onClick={() => setOpen({ kind: 'rename', passkey: each })}
              />
              <IconButton
                icon={Trash2}
                size="small"
                label={`Remove ${each.name}`}
                onClick={() => setOpen({ kind: 'remove', passkey: each })}
              />
            </li>
          ))}
        </ul>
      )}
      {open?.kind === 'add' && <AddPasskeyDialog onClose={close} />}
      {open?.kind === 'rename' && <RenamePasskeyDialog passkey={open.passkey} onClose={close} />}
      {open?.kind === 'remove' && <RemovePasskeyDialog passkey={open.passkey} onClose={close} />}
    </Part>
  )
}
