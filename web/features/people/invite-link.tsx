import { Check, Copy, X } from 'lucide-react'
import { useState } from 'react'
import type { SentInvitation } from '#shared/orgs/people-contract.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { notify } from '../../ui/toast.ts'

/** The link of an invitation, to hand on by oneself. The server does not know it any more. */
export function InviteLink({ sent: { invitation, token }, onClose }: { sent: SentInvitation; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false)
  if (token === null) return null
  const link = `${window.location.origin}/invite#token=${token}`
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () =>
        notify({ title: 'The browser did not let us copy', detail: 'Select the link and copy it.', tone: 'failed' }),
    )
  return (
    <section aria-label="Link of the invitation" className="border-b border-line bg-accent-soft px-4 py-3">
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1 text-13 break-words">
          Send this link to <strong className="font-medium">{invitation.email}</strong>. It works once, for this
          address, until it expires in 7 days.
        </p>
        <IconButton icon={X} label="Hide the link" size="small" onClick={onClose} />
      </div>
      <div className="mt-2 flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label="Link"
            isLabelHidden
            readOnly
            value={link}
            onChange={() => {}}
            onFocus={(event) => event.target.select()}
            className="font-mono text-12"
          />
        </div>
        <Button icon={isCopied ? Check : Copy} onClick={() => void copy()}>
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p className="mt-1.5 text-12 text-fg-2">Shown only now. A new link can be made below at any time.</p>
    </section>
  )
}
