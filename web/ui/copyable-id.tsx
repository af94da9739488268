import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Tooltip } from './tooltip.tsx'

/** The last eight signs of an id (the random end); a click copies all of it. */
export function CopyableId({ id, label = 'id' }: { id: string; label?: string }) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () => navigator.clipboard.writeText(id).then(() => setCopied(true))
  const Icon = isCopied ? Check : Copy
  return (
    <Tooltip label={<span className="font-mono">{id}</span>}>
      <button
        type="button"
        onClick={copy}
        aria-label={isCopied ? `Copied the ${label}` : `Copy the ${label} ${id}`}
        className="inline-flex items-center gap-1 rounded-4 font-mono text-12 text-fg-2 hover:text-fg"
      >
        {id.slice(-8)}
        <Icon size={12} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  )
}
