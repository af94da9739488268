import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type Problem, readProblem } from '../kernel/app-error.ts'
import { queryClient } from '../kernel/trpc.ts'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { PageFrame } from './page-frame.tsx'
import { claimLink, takeToken } from './sign-in.ts'

type Phase = { kind: 'no-link' } | { kind: 'claiming' } | { kind: 'refused'; problem: Problem; token: string }

/** Opens the session of the one-time link; without one it says where to find it. */
export function SignInPage() {
  const navigate = useNavigate()
  const [token] = useState(takeToken)
  const [phase, setPhase] = useState<Phase>(token === undefined ? { kind: 'no-link' } : { kind: 'claiming' })

  const claim = (claimed: string) => {
    setPhase({ kind: 'claiming' })
    claimLink(claimed).then(
      () => {
        queryClient.clear()
        void navigate({ to: '/', replace: true })
      },
      (error: unknown) => setPhase({ kind: 'refused', problem: readProblem(error), token: claimed }),
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link is claimed once, when the page opens.
  useEffect(() => {
    if (token !== undefined) claim(token)
  }, [token])

  return (
    <PageFrame title="Sign in">
      {phase.kind === 'claiming' && (
        <p className="flex items-center gap-2 text-fg-2">
          <Spinner /> Signing you in
        </p>
      )}
      {phase.kind === 'no-link' && <WhereTheLinkIs />}
      {phase.kind === 'refused' && (
        <>
          <div className="-mx-3">
            <ErrorPanel
              title={phase.problem.message}
              action={phase.problem.code === 'offline' && <Button onClick={() => claim(phase.token)}>Try again</Button>}
            >
              {phase.problem.fix}
            </ErrorPanel>
          </div>
          {phase.problem.code !== 'offline' && <WhereTheLinkIs />}
        </>
      )}
    </PageFrame>
  )
}

function WhereTheLinkIs() {
  return (
    <p className="text-pretty text-fg-2">
      Open the link that <code className="font-mono text-fg">npm start</code> printed in your terminal. It signs you in
      once; restart the server to get a new one.
    </p>
  )
}
