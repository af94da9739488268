import { useMutation } from '@tanstack/react-query'
import { SendHorizontal } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { maxTaskChars } from '#shared/delegations/limits.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { TextareaField } from '../../../ui/textarea-field.tsx'

/** A person's words into work that has not ended: it hears them before its next step. */
export function MessageBox({ orgId, delegationId }: { orgId: OrgId; delegationId: DelegationId }) {
  const [text, setText] = useState('')
  const send = useMutation(trpc.delegations.message.mutationOptions({ onSuccess: () => setText('') }))
  const problem = send.error ? readProblem(send.error) : undefined
  const error =
    text.length > maxTaskChars
      ? `Use at most ${maxTaskChars} characters.`
      : problem && [problem.message, problem.fix].filter(Boolean).join(' ')
  const submit = () => {
    if (text.trim() === '' || text.length > maxTaskChars || send.isPending) return
    send.mutate({ orgId, delegationId, text: text.trim() })
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    submit()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  return (
    <form aria-label="Message" onSubmit={onSubmit} className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextareaField
          label="Say something to this work"
          isLabelHidden
          placeholder="Say something to this work"
          rows={1}
          className="min-h-7!"
          value={text}
          error={error}
          onChange={(next) => {
            setText(next)
            if (send.error) send.reset()
          }}
          onKeyDown={press}
        />
      </div>
      <Button type="submit" icon={SendHorizontal} disabled={text.trim() === ''} isBusy={send.isPending}>
        Send
      </Button>
    </form>
  )
}
