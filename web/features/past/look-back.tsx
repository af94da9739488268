import { useEffect, useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useCommands } from '../../kernel/commands.ts'
import { forgetPast, useShown, visit } from './shown.ts'
import { tellProblem } from './words.ts'

const loadStore = () => import('./past-store.ts')

/** The way into the past, in the status bar and in the palette. */
export function LookBack({ orgId }: { orgId: OrgId }) {
  const { phase } = useShown()
  const open = useMemo(() => {
    return () => {
      const here = visit
      void loadStore()
        .then(({ openPast }) => (here === visit ? openPast(orgId) : undefined))
        .catch(tellProblem)
    }
  }, [orgId])
  useEffect(() => () => forgetPast(orgId), [orgId])
  useCommands(
    useMemo(() => {
      const when = () => phase === 'live'
      return [{ id: 'past.open', title: 'Look at the past', group: 'Graph', keys: 'H', when, run: open }]
    }, [open, phase]),
  )
  if (phase !== 'live') return null
  return (
    <button
      type="button"
      onClick={open}
      title="Look at the past of this org (H)"
      className="rounded-4 px-1 text-fg-2 hover:bg-hover hover:text-fg"
    >
      Look back
    </button>
  )
}
