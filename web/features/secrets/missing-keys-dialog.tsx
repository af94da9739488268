import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { MissingKeys } from '#shared/secrets/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { askKeys, type KeysQuestion } from './ask.ts'
import { MissingKeysForm } from './missing-keys-form.tsx'
import { questionsOf } from './missing-questions.ts'

/** Asks for exactly the keys that are missing, no more. */
export function MissingKeysDialog({ orgId, question }: { orgId: OrgId; question: KeysQuestion }) {
  const isGoingLive = question.kind === 'go-live'
  const missing = useQuery({
    ...trpc.secrets.missing.queryOptions({ orgId, models: isGoingLive ? 'real' : 'as-now' }),
    staleTime: 0,
    // What is being typed is not asked anew when somebody else sets a key.
    gcTime: 0,
  })
  const close = () => askKeys(undefined)
  if (missing.data && !missing.isFetching) {
    const questions = questionsOf(only(missing.data, question))
    const key = questions.map(({ id }) => id).join('|')
    return <MissingKeysForm key={key} orgId={orgId} isGoingLive={isGoingLive} questions={questions} onClose={close} />
  }
  const problem = missing.error ? readProblem(missing.error) : undefined
  return (
    <Dialog isOpen onClose={close} title={isGoingLive ? 'Use real models' : 'Missing keys'}>
      {problem ? (
        <ErrorPanel title={problem.message} action={<Button onClick={() => void missing.refetch()}>Try again</Button>}>
          {problem.fix}
        </ErrorPanel>
      ) : (
        <div className="pb-5">
          <SkeletonLines count={4} label="Looking which keys are missing" />
        </div>
      )}
    </Dialog>
  )
}

function only(missing: MissingKeys, question: KeysQuestion): MissingKeys {
  if (question.kind === 'go-live') return missing
  return missing.filter(({ workspaceId }) => workspaceId === question.workspaceId)
}
