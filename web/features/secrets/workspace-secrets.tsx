import { useQuery } from '@tanstack/react-query'
import { Check, CircleHelp, KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { MissingGroup, Secret } from '#shared/secrets/contract.ts'
import { namesOfModel } from '#shared/secrets/model-keys.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { askKeys } from './ask.ts'
import { SecretForm } from './secret-form.tsx'
import { useSecrets } from './use-secrets.ts'

export type WorkspaceSecretsProps = { orgId: OrgId; workspace: Workspace }

/** Which keys a workspace has from where, which it lacks, and the way to give it one of its own. */
export function WorkspaceSecrets({ orgId, workspace }: WorkspaceSecretsProps) {
  const mayRead = useMay(orgId, 'secrets.read')
  const missing = useQuery({ ...trpc.secrets.missing.queryOptions({ orgId }), staleTime: 0 })
  const lacks = missing.data?.find(({ workspaceId }) => workspaceId === workspace.id)
  return (
    <section aria-label="Secrets" className="border-t border-line px-4 py-3">
      <h3 className="text-12 text-fg-2">Secrets it gets</h3>
      {(lacks?.required.length ?? 0) > 0 && (
        <div className="mt-2 flex items-center gap-3 rounded-6 bg-waiting-soft px-3 py-2">
          <p className="flex min-w-0 flex-1 items-start gap-1.5 text-13 text-state-waiting">
            <CircleHelp size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
            <span className="min-w-0 break-words">Needs {groupWords(lacks?.required ?? [])}</span>
          </p>
          <Button size="small" onClick={() => askKeys({ kind: 'workspace', workspaceId: workspace.id })}>
            Add the key
          </Button>
        </div>
      )}
      {mayRead ? (
        <Given orgId={orgId} workspace={workspace} wished={lacks?.recommended ?? []} />
      ) : (
        <p className="mt-1 text-13 text-fg-2">Managers and above see which secrets it gets.</p>
      )}
    </section>
  )
}

type GivenProps = WorkspaceSecretsProps & { wished: readonly MissingGroup[] }

function Given({ orgId, workspace, wished }: GivenProps) {
  const list = useSecrets(orgId)
  const mayOverride = useMay(orgId, 'secrets.workspace.write')
  const [added, setAdded] = useState<string | undefined>()
  const secrets = list.data?.secrets ?? []
  const own = secrets.filter(({ workspaceId }) => workspaceId === workspace.id)
  const ownNames = new Set(own.map(({ name }) => name))
  const ofModel = new Set(namesOfModel(workspace.model))
  const inherited = secrets.filter(
    ({ workspaceId, name }) => workspaceId === null && !ownNames.has(name) && ofModel.has(name),
  )
  const close = () => setAdded(undefined)
  return (
    <>
      <ul className="mt-1">
        {[...own, ...inherited].map((secret) => (
          <GivenRow
            key={secret.id}
            secret={secret}
            isForModel={ofModel.has(secret.name)}
            onOverride={mayOverride && secret.workspaceId === null ? () => setAdded(secret.name) : undefined}
          />
        ))}
      </ul>
      {own.length + inherited.length === 0 && (
        <p className="mt-1 text-13 text-pretty text-fg-2">
          None: it gets only what its config declares, or what its model takes.
        </p>
      )}
      {wished.length > 0 && (
        <p className="mt-1 text-12 text-pretty text-fg-3">It could also use {groupWords(wished)}.</p>
      )}
      {added !== undefined ? (
        <div className="mt-2">
          <SecretForm
            orgId={orgId}
            name={added === '' ? undefined : added}
            workspaceId={workspace.id}
            known={secrets}
            onSaved={close}
            onClose={close}
          />
        </div>
      ) : (
        mayOverride && (
          <Button size="small" tone="ghost" icon={Plus} className="mt-1 -ml-2" onClick={() => setAdded('')}>
            Secret of its own
          </Button>
        )
      )}
    </>
  )
}

type GivenRowProps = { secret: Secret; isForModel: boolean; onOverride: (() => void) | undefined }

function GivenRow({ secret, isForModel, onOverride }: GivenRowProps) {
  const Icon = isForModel ? Check : KeyRound
  return (
    <li className="flex min-h-8 items-center gap-2 text-13">
      <Icon size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg-3" />
      <span className="min-w-0 flex-1 truncate font-mono text-12" title={secret.name}>
        {secret.name} <span className="text-fg-3">{secret.hint}</span>
      </span>
      <Badge tone={secret.workspaceId === null ? 'neutral' : 'accent'}>
        {secret.workspaceId === null ? 'Organisation' : 'Its own'}
      </Badge>
      {onOverride && (
        <Button
          size="small"
          tone="ghost"
          aria-label={`Override ${secret.name} for this workspace`}
          onClick={onOverride}
        >
          Override
        </Button>
      )}
    </li>
  )
}

function groupWords(groups: readonly MissingGroup[]): string {
  return groups.map(({ anyOf }) => anyOf.join(' or ')).join('; ')
}
