import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { AgentToken } from '#shared/keys/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Select } from '../../ui/select.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useOneAtATime } from '../../ui/use-one-at-a-time.ts'
import { ConfirmRevoke } from './confirm-revoke.tsx'
import { ShownOnce } from './shown-once.tsx'
import { useAgentTokens, useIssueToken, useRevokeToken } from './use-agent-tokens.ts'

type AgentTokenBlockProps = { orgId: OrgId; workspaceId: WorkspaceId; name: string }

/** The token by which an agent that runs elsewhere acts for this workspace. */
export function AgentTokenBlock({ orgId, workspaceId, name }: AgentTokenBlockProps) {
  const tokens = useAgentTokens(orgId, workspaceId)
  const issue = useIssueToken(orgId, workspaceId)
  const begin = useOneAtATime()
  const [isRotating, setRotating] = useState(false)
  const mayWrite = useMay(orgId, 'agent-tokens.write')
  const problem = tokens.error ?? issue.error
  const hasToken = tokens.data?.some(({ expiresAt }) => expiresAt === null) ?? false
  return (
    <section aria-label="Token" className="border-t border-line px-4 py-3">
      <h3 className="text-12 text-fg-2">Token for an agent outside</h3>
      <p className="mt-1 text-13 text-pretty text-fg-2">
        An agent that runs elsewhere acts as {name} with it: peers, tools, work and declared secrets. It cannot change
        its own prompt, config, tools or budget.
      </p>
      {problem && <ErrorPanel title={readProblem(problem).message}>{readProblem(problem).fix}</ErrorPanel>}
      {tokens.isPending && <SkeletonLines count={2} label="Loading the tokens" />}
      <ul aria-label="Tokens">
        {tokens.data?.map((token) => (
          <li key={token.id}>
            <TokenRow orgId={orgId} token={token} mayWrite={mayWrite} />
          </li>
        ))}
      </ul>
      {issue.data && (
        <ShownOnce
          title={`The token of ${name}`}
          token={issue.data.token}
          example={`curl -H 'Authorization: Bearer ${issue.data.token}' ${window.location.origin}/api/agent/me`}
          onDone={issue.reset}
        />
      )}
      {mayWrite && tokens.data && !issue.data && (
        <div className="mt-2">
          {!hasToken && (
            <Button
              size="small"
              isBusy={issue.isPending}
              onClick={() => begin((end) => issue.mutate('first', { onSettled: end }))}
            >
              Issue a token
            </Button>
          )}
          {hasToken && !isRotating && (
            <Button size="small" onClick={() => setRotating(true)}>
              Rotate it
            </Button>
          )}
          {hasToken && isRotating && (
            <RotateForm
              isBusy={issue.isPending}
              onRotate={(graceHours) =>
                begin((end) => issue.mutate({ graceHours }, { onSuccess: () => setRotating(false), onSettled: end }))
              }
              onClose={() => setRotating(false)}
            />
          )}
        </div>
      )}
    </section>
  )
}

const graces = [
  { value: '0', label: 'stops at once' },
  { value: '1', label: 'works for an hour more' },
  { value: '24', label: 'works for a day more' },
  { value: '168', label: 'works for a week more' },
] as const
type Grace = (typeof graces)[number]['value']

type RotateFormProps = { isBusy: boolean; onRotate: (graceHours: number) => void; onClose: () => void }

function RotateForm({ isBusy, onRotate, onClose }: RotateFormProps) {
  const [grace, setGrace] = useState<Grace>('24')
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">Rotate the token</legend>
      <Select label="The old token" value={grace} options={graces} onChange={setGrace} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" isBusy={isBusy} onClick={() => onRotate(Number(grace))}>
          Rotate it
        </Button>
      </div>
    </fieldset>
  )
}

function TokenRow({ orgId, token, mayWrite }: { orgId: OrgId; token: AgentToken; mayWrite: boolean }) {
  const [isAsking, setAsking] = useState(false)
  const revoke = useRevokeToken(orgId)
  const { shown, createdBy, createdAt, expiresAt, lastUsedAt } = token
  return (
    <div className="mt-2">
      <div className="flex items-start gap-3 text-12 text-fg-2">
        <div className="min-w-0 flex-1">
          <p className="text-13 text-fg">
            <span className="font-mono text-12">{shown}…</span>
            {expiresAt !== null && <> · the old one, until {clock.format(new Date(expiresAt))}</>}
          </p>
          <p className="mt-0.5">
            {lastUsedAt === null ? (
              'Never used'
            ) : (
              <>
                Last used <TimeAgo at={lastUsedAt} />
              </>
            )}
            {' · issued by '}
            {createdBy} <TimeAgo at={createdAt} />
          </p>
        </div>
        {mayWrite && !isAsking && (
          <Button size="small" tone="ghost" aria-label={`Revoke ${shown}`} onClick={() => setAsking(true)}>
            Revoke
          </Button>
        )}
      </div>
      {isAsking && (
        <ConfirmRevoke
          what={shown}
          isBusy={revoke.isPending}
          onRevoke={() => revoke.mutate(token.id)}
          onKeep={() => setAsking(false)}
        />
      )}
      {revoke.error && (
        <ErrorPanel title={readProblem(revoke.error).message}>{readProblem(revoke.error).fix}</ErrorPanel>
      )}
    </div>
  )
}

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' })
