import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { LinkedWords } from './linked-words.tsx'

export type ErrorPanelProps = {
  /** What happened. */
  title: string
  /** Why, and what to do now. */
  children?: ReactNode
  /** The button that does it. */
  action?: ReactNode
}

export function ErrorPanel({ title, children, action }: ErrorPanelProps) {
  return (
    <div role="alert" className="m-3 flex gap-2.5 rounded-6 border border-line bg-danger-soft p-3">
      <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="text-13 font-medium text-pretty">{title}</p>
        {children !== undefined && (
          <div className="text-13 break-words text-pretty text-fg-2">
            {typeof children === 'string' ? <LinkedWords text={children} /> : children}
          </div>
        )}
        {action !== undefined && <div className="mt-2 flex gap-2">{action}</div>}
      </div>
    </div>
  )
}
