import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { ariaKeys, isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import { Kbd } from '#web/ui/kbd.tsx'
import { LogoMark } from './logo-mark.tsx'
import { openPalette } from './palette-state.ts'

export type TopBarProps = {
  /** Where the person is: the org, then the team. */
  place?: ReactNode
  /** What the org tells and asks: budget, approvals, mode, the person. */
  children?: ReactNode
}

export function TopBar({ place, children }: TopBarProps) {
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2 px-3">
      <div className="flex min-w-0 flex-1 items-center gap-2.5 text-13">
        <LogoMark />
        {place}
      </div>
      <SearchButton />
      {children}
    </div>
  )
}

/** Looks like a search field, opens the palette. */
function SearchButton() {
  const isMac = isMacPlatform()
  return (
    <button
      type="button"
      onClick={openPalette}
      aria-keyshortcuts={ariaKeys('Mod+K', isMac)}
      className="flex size-7 shrink-0 items-center justify-center gap-2 rounded-6 border border-line bg-surface-2 text-13 text-fg-3 transition-colors hover:border-line-2 wide:w-72 wide:justify-start wide:px-2"
    >
      <Search size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <span className="sr-only flex-1 text-left wide:not-sr-only">Go to, run, find</span>
      <span className="hidden wide:flex">
        <Kbd keys={keyCaps('Mod+K', isMac)} />
      </span>
    </button>
  )
}
