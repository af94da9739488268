import { useIsMutating, useMutation } from '@tanstack/react-query'
import { SendHorizontal } from 'lucide-react'
import type { FormEvent, KeyboardEvent } from 'react'
import { maxTaskChars } from '#shared/delegations/limits.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { queryClient, trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { TextareaField } from '../../../ui/textarea-field.tsx'
import { createAttempts } from '../attempt.ts'
import { unsentMessages } from './unsent-messages.ts'

export type MessageBoxProps = {
  orgId: OrgId
  delegationId: DelegationId
  /** The work has ended: what was typed can be copied or removed. */
  isClosed: boolean
}

const attempts = createAttempts()

/** A person's words into work that has not ended: it hears them before its next step. */
export function MessageBox({ orgId, delegationId, isClosed }: MessageBoxProps) {
  const text = unsentMessages.useWords(delegationId)
  // By the work, so that who looks elsewhere meanwhile finds the words on their way, not to be sent again.
  const mutationKey = [...trpc.delegations.message.mutationKey(), delegationId]
  const isSending = useIsMutating({ mutationKey }) > 0
  const send = useMutation({
    ...trpc.delegations.message.mutationOptions({
      onSuccess: (_heard, sent) => {
        attempts.arrived(delegationId)
        unsentMessages.forgetSent(delegationId, sent.text)
      },
    }),
    mutationKey,
  })
  const problem = send.error ? readProblem(send.error) : undefined
  const error =
    text.length > maxTaskChars
      ? `Use at most ${maxTaskChars} characters.`
      : problem && [problem.message, problem.fix].filter(Boolean).join(' ')
  const submit = () => {
    // What is drawn comes a moment after a second press could.
    const words = unsentMessages.read(delegationId).trim()
    if (isClosed || words === '' || words.length > maxTaskChars || queryClient.isMutating({ mutationKey }) > 0) return
    send.mutate({ orgId, delegationId, text: words, idempotencyKey: attempts.keyOf(delegationId, words) })
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
          hint={isClosed ? 'This work ended before it heard this. Copy your words, or remove them.' : undefined}
          onChange={(next) => {
            unsentMessages.keep(delegationId, next)
            if (send.error) send.reset()
          }}
          onKeyDown={press}
        />
      </div>
      <Button type="submit" icon={SendHorizontal} disabled={isClosed || text.trim() === ''} isBusy={isSending}>
        Send
      </Button>
    </form>
  )
}
