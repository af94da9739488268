import type { ReactNode } from 'react'

export type PartProps = { title: string; detail?: ReactNode; action?: ReactNode; children?: ReactNode }

/** One thing of the account: what it is, how it stands, and the button that changes it. */
export function Part({ title, detail, action, children }: PartProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 px-4 py-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="text-13 font-medium">{title}</h3>
          {detail !== undefined && <p className="text-12 text-pretty text-fg-2">{detail}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
