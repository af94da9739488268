import { useId, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { TextField } from './text-field.tsx'

export type ConfirmProps = {
  isOpen: boolean
  title: string
  /** What will happen and what cannot be taken back. */
  description: string
  /** The act in words: "Delete 4 workspaces". */
  action: string
  tone?: 'primary' | 'danger'
  /** For what cannot be undone: the person types this first. */
  typed?: string
  isBusy?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before an act. Prefer an act that can be undone and needs no question. */
export function Confirm(props: ConfirmProps) {
  return props.isOpen ? <OpenConfirm {...props} /> : null
}

function OpenConfirm({ title, description, action, tone = 'danger', typed, isBusy, onConfirm, onClose }: ConfirmProps) {
  const [answer, setAnswer] = useState('')
  const hintId = useId()
  const isSure = typed === undefined || answer.trim() === typed
  const confirm = () => {
    if (isSure) onConfirm()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={confirm}
      title={title}
      description={description}
      width="narrow"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            tone={tone}
            isBusy={isBusy}
            disabled={!isSure}
            aria-describedby={typed === undefined ? undefined : hintId}
          >
            {action}
          </Button>
        </>
      }
    >
      {typed === undefined ? undefined : (
        <div id={hintId}>
          <TextField label={`Type “${typed}” to go on`} value={answer} onChange={setAnswer} autoComplete="off" />
        </div>
      )}
    </Dialog>
  )
}
