import { useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useCommands } from '../../kernel/commands.ts'
import { notify } from '../../ui/toast.ts'
import { openPast, useShown } from './past-store.ts'

/** The way into the past, in the status bar and in the palette. */
export function LookBack({ orgId }: { orgId: OrgId }) {
  const { phase } = useShown()
  const open = useMemo(() => {
    return () =>
      void openPast(orgId).catch((error: unknown) => {
        const { message, fix } = readProblem(error)
        notify({ title: message, detail: fix, tone: 'failed' })
      })
  }, [orgId])
  useCommands(useMemo(() => [{ id: 'past.open', title: 'Look at the past', group: 'Graph', run: open }], [open]))
  if (phase !== 'live') return null
  return (
    <button type="button" onClick={open} className="rounded-4 px-1 text-fg-2 hover:bg-hover hover:text-fg">
      Look back
    </button>
  )
}
