import { type ReactNode, Suspense, useCallback, useEffect } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { refNamed } from '../features/sandbox/history/run-link.ts'
import { useRunAsked } from '../features/sandbox/run-asked.ts'
import { CodeActs, type CodePiece } from '../ui/code-acts.ts'
import { openDock } from './shell-state.ts'
import type { Place } from './use-place.ts'

const RunThis = lazyPart(() => import('../features/sandbox/run-this.tsx').then((part) => ({ default: part.RunThis })))

/** Code anywhere on the page can be opened in Run, and so can what a link names. */
export function RunHost({ orgId, place, children }: { orgId: OrgId; place: Place; children: ReactNode }) {
  const { showDock, runId, forgetRun } = place
  // biome-ignore lint/correctness/useExhaustiveDependencies: the way is the same, whichever render made it
  const show = useCallback(() => {
    showDock('run')
    openDock()
  }, [])
  useRunAsked(show)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link is opened once
  useEffect(() => {
    const ref = runId === undefined ? undefined : refNamed(runId)
    if (ref === undefined) return
    forgetRun()
    void import('../features/sandbox/history/open-run.ts').then((part) => part.openRun(orgId, ref))
  }, [orgId, runId])
  const runThis = useCallback(
    (piece: CodePiece) => (
      <Suspense>
        <RunThis orgId={orgId} piece={piece} />
      </Suspense>
    ),
    [orgId],
  )
  return <CodeActs value={runThis}>{children}</CodeActs>
}
