import type { ReactNode } from 'react'
import { LogoMark } from './logo-mark.tsx'

/** A quiet page with one thing to say. */
export function PageFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex h-dvh flex-col items-center justify-center overflow-y-auto bg-surface-2 p-4">
      <div className="flex w-full max-w-100 flex-col gap-3 rounded-8 border border-line bg-surface p-6">
        <LogoMark size={28} />
        <h1 className="mt-1 text-20 font-semibold">{title}</h1>
        {children}
      </div>
    </main>
  )
}
