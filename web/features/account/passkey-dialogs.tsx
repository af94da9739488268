import { useState } from 'react'
import type { PasskeyInfo } from '#shared/account/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { readAccountAgain } from './cache.ts'
import { makePasskey } from './passkey-device.ts'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { useAct } from './use-act.ts'

export function AddPasskeyDialog({ onClose }: { onClose: () => void }) {
  return (
    <NameDialog
      title="Add a passkey"
      description="Your device will ask for your finger, your face or its PIN."
      first=""
      placeholder="Work laptop"
      verb="Add passkey"
      work={makePasskey}
      onClose={onClose}
    />
  )
}

export function RenamePasskeyDialog({ passkey, onClose }: { passkey: PasskeyInfo; onClose: () => void }) {
  return (
    <NameDialog
      title="Rename the passkey"
      first={passkey.name}
      verb="Rename"
      work={(name) => postAccount('passkeys/rename', { id: passkey.id, name })}
      onClose={onClose}
    />
  )
}

export function RemovePasskeyDialog({ passkey, onClose }: { passkey: PasskeyInfo; onClose: () => void }) {
  const remove = useAct(async () => {
    await postAccount('passkeys/remove', { id: passkey.id })
    await readAccountAgain()
    onClose()
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="narrow"
      title={`Remove ${passkey.name}?`}
      description="It signs you in no more. The device may go on offering it until you delete it there too."
      onSubmit={remove.run}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="danger" isBusy={remove.isBusy}>
            Remove passkey
          </Button>
        </>
      }
    >
      <ProblemNote problem={remove.problem} />
    </Dialog>
  )
}

type NameDialogProps = {
  title: string
  description?: string
  first: string
  placeholder?: string
  verb: string
  work: (name: string) => Promise<unknown>
  onClose: () => void
}

function NameDialog({ title, description, first, placeholder, verb, work, onClose }: NameDialogProps) {
  const [name, setName] = useState(first)
  const save = useAct(async () => {
    await work(name.trim())
    await readAccountAgain()
    onClose()
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="narrow"
      title={title}
      description={description}
      onSubmit={save.run}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={save.isBusy} disabled={name.trim() === ''}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="Name"
          hint="So that you know later which device it is on."
          data-autofocus
          maxLength={60}
          placeholder={placeholder}
          value={name}
          onChange={setName}
        />
        <ProblemNote problem={save.problem} />
      </div>
    </Dialog>
  )
}
