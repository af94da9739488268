import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import {
  ForgotPassword,
  SecondFactorForm,
  SignInForm,
  SignUpForm,
  signInOptionsQuery,
} from '../features/account/index.ts'
import { type Problem, readProblem } from '../kernel/app-error.ts'
import { queryClient } from '../kernel/trpc.ts'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { PageFrame } from './page-frame.tsx'
import { claimLink, takeProblem, takeReturn, takeToken } from './sign-in.ts'

type Phase =
  | { kind: 'form' }
  | { kind: 'claiming' }
  | { kind: 'refused'; problem: Problem; token: string }
  | { kind: 'second-factor' }
  | { kind: 'forgot' }
  | { kind: 'sign-up' }

const titles: Record<Phase['kind'], string> = {
  form: 'Sign in',
  claiming: 'Sign in',
  refused: 'Sign in',
  'second-factor': 'One more step',
  forgot: 'Forgot your password',
  'sign-up': 'Make an account',
}

/** Opens the session of a one-time link, or asks who one is; then leads back to where one was. */
export function SignInPage() {
  const navigate = useNavigate()
  const [token] = useState(takeToken)
  const [returnTo] = useState(takeReturn)
  const [providerProblem] = useState(takeProblem)
  const [phase, setPhase] = useState<Phase>(token === undefined ? { kind: 'form' } : { kind: 'claiming' })
  const [email, setEmail] = useState('')
  const { data: options } = useQuery({ ...signInOptionsQuery, enabled: phase.kind !== 'claiming' })

  const enter = () => {
    queryClient.clear()
    void navigate({ href: returnTo ?? '/', replace: true })
  }
  const claim = (claimed: string) => {
    setPhase({ kind: 'claiming' })
    claimLink(claimed).then(enter, (error: unknown) =>
      setPhase({ kind: 'refused', problem: readProblem(error), token: claimed }),
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link is claimed once, when the page opens.
  useEffect(() => {
    if (token !== undefined) claim(token)
  }, [token])
  const toForm = () => setPhase({ kind: 'form' })

  return (
    <PageFrame title={titles[phase.kind]}>
      {phase.kind === 'claiming' && (
        <p className="flex items-center gap-2 text-fg-2">
          <Spinner /> Signing you in
        </p>
      )}
      {phase.kind === 'refused' && (
        <div className="-mx-3">
          <ErrorPanel
            title={phase.problem.message}
            action={phase.problem.code === 'offline' && <Button onClick={() => claim(phase.token)}>Try again</Button>}
          >
            {phase.problem.fix}
          </ErrorPanel>
        </div>
      )}
      {phase.kind === 'form' && returnTo?.startsWith('/o/') && (
        <p role="status" className="rounded-6 bg-surface-3 p-2 text-pretty text-fg-2">
          Your session has ended. What you typed and did not save is kept in this browser.
        </p>
      )}
      {phase.kind === 'form' && providerProblem !== undefined && (
        <div className="-mx-3 -my-1">
          <ErrorPanel title={providerProblem.title}>{providerProblem.fix}</ErrorPanel>
        </div>
      )}
      {(phase.kind === 'form' || phase.kind === 'refused') && (
        <>
          <SignInForm
            email={email}
            onEmail={setEmail}
            onSignedIn={enter}
            onSecondFactor={() => setPhase({ kind: 'second-factor' })}
            onForgot={() => setPhase({ kind: 'forgot' })}
          />
          {options?.isSignUpOpen ? (
            <p className="flex items-center gap-1 border-t border-line pt-3 text-fg-2">
              New here?
              <Button tone="ghost" onClick={() => setPhase({ kind: 'sign-up' })}>
                Make an account
              </Button>
            </p>
          ) : (
            <WhereTheLinkIs />
          )}
        </>
      )}
      {phase.kind === 'second-factor' && <SecondFactorForm onSignedIn={enter} onBack={toForm} />}
      {phase.kind === 'forgot' && <ForgotPassword email={email} onEmail={setEmail} onBack={toForm} />}
      {phase.kind === 'sign-up' && <SignUpForm onSignedIn={enter} onBack={toForm} />}
    </PageFrame>
  )
}

function WhereTheLinkIs() {
  return (
    <p className="border-t border-line pt-3 text-12 text-pretty text-fg-2">
      On your own machine without a password yet: open the link that{' '}
      <code className="font-mono text-fg">npm start</code> printed in your terminal. It signs you in once; restart the
      server to get a new one.
    </p>
  )
}
