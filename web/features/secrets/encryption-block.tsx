import { useMutation, useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { KeyStatus } from '#shared/secrets/key-rotation.ts'
import { useMay } from '../../kernel/may.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { problemWords } from './use-secrets.ts'

/** How the secrets of an org are encrypted, and the button that gives them fresh keys. */
export function EncryptionBlock({ orgId }: { orgId: OrgId }) {
  const status = useQuery({ ...trpc.secrets.keyStatus.queryOptions({ orgId }), staleTime: 0 })
  const rotate = useMutation(trpc.secrets.rotateKeys.mutationOptions({ onSuccess: readAgain, onError: readAgain }))
  const mayRotate = useMay(orgId, 'secrets.keys.rotate')
  if (!status.data || status.data.keys.length === 0) return null
  const { provider, keys, rotation } = status.data
  const isRunning = rotation !== null && rotation.finishedAt === null
  const problem = problemWords(rotate.error)
  return (
    <section aria-labelledby="encryption-title" className="flex flex-col gap-2 border-line border-t px-4 py-4">
      <h3 id="encryption-title" className="flex items-center gap-2 font-medium text-13">
        <KeyRound size={14} strokeWidth={1.75} aria-hidden className="text-fg-3" />
        Encryption
      </h3>
      <p className="text-12 text-fg-2">
        Each value is sealed by a key of its own; those keys are wrapped by {whoWraps[provider] ?? provider}.
      </p>
      <ul className="flex flex-col gap-1">
        {keys.map(({ keyId, versions }) => (
          <li key={keyId} className="flex min-w-0 items-baseline justify-between gap-3 text-12">
            <code className="min-w-0 truncate font-mono text-fg-2" title={keyId}>
              {keyId}
            </code>
            <span className="shrink-0 text-fg-2 tabular-nums">
              {versions === 1 ? '1 value' : `${versions.toLocaleString('en-US')} values`}
            </span>
          </li>
        ))}
      </ul>
      {rotation && <Progress rotation={rotation} />}
      {problem && (
        <p role="alert" className="text-12 text-danger">
          {problem}
        </p>
      )}
      {mayRotate && (
        <div className="flex flex-wrap gap-2 pt-1">
          <Button
            size="small"
            disabled={isRunning}
            isBusy={rotate.isPending}
            onClick={() => rotate.mutate({ orgId, kind: 'wrapping' })}
          >
            Change the wrapping key
          </Button>
          <Button
            size="small"
            tone="ghost"
            disabled={isRunning || rotate.isPending}
            onClick={() => rotate.mutate({ orgId, kind: 'data' })}
          >
            Seal all values anew
          </Button>
        </div>
      )}
    </section>
  )
}

const whoWraps: Readonly<Record<string, string>> = {
  local: 'a key file of this server',
  'aws-kms': 'AWS KMS',
  'gcp-kms': 'Google Cloud KMS',
  vault: 'Vault',
}

function Progress({ rotation }: { rotation: NonNullable<KeyStatus['rotation']> }) {
  const { kind, total, done, failed, problem, startedByName, finishedAt } = rotation
  const share = total === 0 ? 100 : Math.round(((done + failed) / total) * 100)
  const what = kind === 'wrapping' ? 'wrapped anew' : 'sealed anew'
  return (
    <div className="flex flex-col gap-1 text-12 text-fg-2" aria-live="polite">
      {finishedAt === null ? (
        <>
          <p className="tabular-nums">
            {done + failed} of {total} {what}
          </p>
          <span aria-hidden className="block h-1 overflow-hidden rounded-4 bg-line">
            <span className="block h-full rounded-4 bg-fg-2" style={{ width: `${share}%` }} />
          </span>
        </>
      ) : (
        <p>
          {done === 1 ? '1 value' : `${done} values`} {what} by {startedByName}, <TimeAgo at={finishedAt} />.
        </p>
      )}
      {failed > 0 && <p className="text-danger">{failed} could not be opened and stay as they were.</p>}
      {problem && <p className="text-danger">{problem}</p>}
    </div>
  )
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: trpc.secrets.keyStatus.queryKey() })
}
