import type { ReactNode } from 'react'

/** A part of the gallery under its own heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-t border-line px-6 py-5">
      <h2 className="mb-3 text-15 font-semibold">{title}</h2>
      {children}
    </section>
  )
}

/** One state, with its name over it. */
export function State({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="mb-1.5 text-12 text-fg-2">{name}</p>
      {children}
    </div>
  )
}
