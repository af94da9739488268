import type { KeyboardEvent } from 'react'

export type CodeFallbackProps = {
  value: string
  onChange: (value: string) => void
  label: string
  readOnly?: boolean
  onSave?: () => void
  onRun?: () => void
}

/** The same text in a plain text area, for when the editor could not be loaded. */
export function CodeFallback({ value, onChange, label, readOnly, onSave, onRun }: CodeFallbackProps) {
  const press = (event: KeyboardEvent) => {
    if (!event.metaKey && !event.ctrlKey) return
    const act = event.key === 's' ? onSave : event.key === 'Enter' ? onRun : undefined
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <p role="status" className="border-b border-line bg-waiting-soft px-4 py-1.5 text-12 text-fg">
        The editor could not be loaded, so this is plain text. It saves as usual; reload the page to try again.
      </p>
      <textarea
        aria-label={label}
        value={value}
        readOnly={readOnly}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={press}
        className="min-h-0 flex-1 resize-none bg-surface px-4 py-3 font-mono text-13 focus-visible:outline-offset-[-2px]"
      />
    </div>
  )
}
