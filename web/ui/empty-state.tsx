import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type EmptyStateProps = {
  icon?: LucideIcon
  title: string
  /** The one thing worth knowing here. */
  children?: ReactNode
  /** The one thing to do. */
  action?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center-safe gap-1 overflow-y-auto p-6 text-center">
      {Icon && <Icon size={20} strokeWidth={1.5} aria-hidden className="mb-2 text-fg-3" />}
      <p className="text-13 font-medium">{title}</p>
      {children !== undefined && <p className="max-w-80 text-13 text-pretty text-fg-2">{children}</p>}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  )
}
