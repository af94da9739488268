import { SquareTerminal } from 'lucide-react'
import { Suspense, useEffect, useState } from 'react'
import type { Language } from '#sandbox/sandbox.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { Button } from '#web/ui/button.tsx'
import { ErrorPanel } from '#web/ui/error-panel.tsx'
import { SkeletonLines } from '#web/ui/skeleton.tsx'
import { type FoundPrograms, pageRunner } from '../runner.ts'
import type { Can } from './can.ts'
import { NotHere } from './not-here.tsx'

const TerminalView = lazyPart(async () => ({ default: (await import('./terminal-view.tsx')).TerminalView }))

type TerminalSideProps = { orgId: OrgId; isShown: boolean; language: Language; can: Can }

/** A shell where the backend has one; else why it has none. Once opened it goes on while another tab is in front. */
export function TerminalSide({ orgId, isShown, language, can }: TerminalSideProps) {
  const hasOne = can.backend?.capabilities.terminal === true
  const { programs, again } = usePrograms(orgId, language, hasOne && isShown)
  if (!isShown && !(hasOne && programs.state === 'ready')) return null
  return <div className={isShown ? 'flex min-h-0 min-w-0 flex-1 flex-col' : 'hidden'}>{content()}</div>

  function content() {
    if (can.backend === undefined) return can.state === 'starting' ? <Waiting /> : <None reason={can.state} />
    if (!hasOne) {
      return <NotHere icon={SquareTerminal} title="No terminal here" backend={can.backend.name} others={can.others} />
    }
    if (programs.state === 'waiting') return <Waiting />
    if (programs.state !== 'ready') {
      return (
        <ErrorPanel title="The shell could not start" action={<Button onClick={again}>Try again</Button>}>
          {programs.state === 'lost'
            ? `${can.backend.name} did not answer. What runs and what you wrote is not touched.`
            : programs.reason}
        </ErrorPanel>
      )
    }
    return (
      <Suspense fallback={<Waiting />}>
        <TerminalView programs={programs.programs} />
      </Suspense>
    )
  }
}

type Shell = { state: 'waiting' } | FoundPrograms

function usePrograms(orgId: OrgId, language: Language, isWanted: boolean): { programs: Shell; again: () => void } {
  const [programs, setPrograms] = useState<Shell>({ state: 'waiting' })
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again
  useEffect(() => {
    if (!isWanted) return
    let isGone = false
    setPrograms((before) => (before.state === 'ready' ? before : { state: 'waiting' }))
    pageRunner.programs(orgId, language).then(
      (found) => !isGone && setPrograms(found),
      () => !isGone && setPrograms({ state: 'lost' }),
    )
    return () => {
      isGone = true
    }
  }, [orgId, language, isWanted, tries])
  return { programs, again: () => setTries(tries + 1) }
}

function None({ reason }: { reason: string }) {
  return <ErrorPanel title="No sandbox, no terminal">{reason}</ErrorPanel>
}

function Waiting() {
  return (
    <div className="p-4">
      <SkeletonLines count={3} label="Starting the shell" />
    </div>
  )
}
