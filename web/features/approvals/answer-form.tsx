import { useId } from 'react'
import { Button } from '../../ui/button.tsx'
import { inputLook } from '../../ui/field.tsx'
import { Kbd } from '../../ui/kbd.tsx'

export type Decision = 'approved' | 'denied'

type AnswerFormProps = {
  /** What is answered, for those who listen: "delegate_task for Lead". */
  about: string
  reason: string
  onReason: (reason: string) => void
  onAnswer: (decision: Decision) => void
  /** The answer under way. */
  sending: Decision | undefined
  /** Why this person may not answer. */
  refused: string | undefined
  /** Where single keys answer, they are shown. */
  hasKeys: boolean
}

/** A reason if one likes, and yes or no. */
export function AnswerForm({ about, reason, onReason, onAnswer, sending, refused, hasKeys }: AnswerFormProps) {
  const id = useId()
  if (refused !== undefined) return <p className="text-12 text-fg-2">{refused}</p>
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="sr-only">
        Reason, optional
      </label>
      <input
        id={id}
        type="text"
        value={reason}
        maxLength={1_000}
        placeholder="Reason (optional): the agent is told"
        onChange={(event) => onReason(event.target.value)}
        className={`${inputLook} h-7 px-2`}
      />
      <div className="flex gap-2">
        <Button
          tone="primary"
          aria-label={`Approve ${about}`}
          isBusy={sending === 'approved'}
          disabled={sending !== undefined}
          onClick={() => onAnswer('approved')}
          trailing={hasKeys && <Kbd keys={['A']} isOnAccent />}
        >
          Approve
        </Button>
        <Button
          tone="danger"
          aria-label={`Deny ${about}`}
          isBusy={sending === 'denied'}
          disabled={sending !== undefined}
          onClick={() => onAnswer('denied')}
          trailing={hasKeys && <Kbd keys={['D']} />}
        >
          Deny
        </Button>
      </div>
    </div>
  )
}

export const refusedWords = 'Your role is viewer: members and above can answer.'
