import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useUnsaved } from '../../kernel/unsaved.ts'
import { Button } from '../../ui/button.tsx'

export type ShownOnceProps = {
  /** What it is called for those who read or listen, e.g. "The key CI". */
  title: string
  token: string
  /** How it is used: one line of a shell. */
  example: string
  onDone: () => void
}

/** A key or token at the only moment it is ever shown. */
export function ShownOnce({ title, token, example, onDone }: ShownOnceProps) {
  const [copied, setCopied] = useState<'token' | 'example' | null>(null)
  useUnsaved(copied === null ? `${title}, which is never shown again` : undefined)
  const place = useRef<HTMLElement>(null)
  useEffect(() => place.current?.focus(), [])
  const copy = (what: 'token' | 'example', text: string) =>
    navigator.clipboard.writeText(text).then(() => setCopied(what))
  return (
    <section
      ref={place}
      tabIndex={-1}
      aria-label={title}
      className="my-2 flex flex-col gap-2 rounded-6 border border-line-2 bg-surface-2 p-3 focus:outline-none"
    >
      <p className="text-13 font-medium text-pretty">{title} is ready. Copy it now: it is never shown again.</p>
      <output
        aria-label={title}
        className="rounded-4 border border-line bg-surface px-2 py-1.5 font-mono text-12 break-all select-all"
      >
        {token}
      </output>
      <div className="flex flex-wrap gap-2">
        <Button tone="primary" icon={copied === 'token' ? Check : Copy} onClick={() => copy('token', token)}>
          {copied === 'token' ? 'Copied' : 'Copy it'}
        </Button>
        <Button icon={copied === 'example' ? Check : Copy} onClick={() => copy('example', example)}>
          {copied === 'example' ? 'Copied' : 'Copy as curl'}
        </Button>
        <Button tone="ghost" className="ml-auto" onClick={onDone}>
          I have it
        </Button>
      </div>
    </section>
  )
}
