import { useQuery } from '@tanstack/react-query'
import { CircleHelp, Plus } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { DeclaredKeys, MissingGroup } from '#shared/secrets/contract.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { askKeys } from './ask.ts'
import { SecretForm } from './secret-form.tsx'
import { problemWords, useSecrets } from './use-secrets.ts'

export type WorkspaceSecretsProps = { orgId: OrgId; workspace: Workspace }

/** Which keys a workspace has from where, which it lacks, and the way to give it one of its own. */
export function WorkspaceSecrets({ orgId, workspace }: WorkspaceSecretsProps) {
  const mayRead = useMay(orgId, 'secrets.read')
  const mayKeep = useMay(orgId, 'secrets.workspace.write')
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
          {mayKeep && (
            <Button size="small" onClick={() => askKeys({ kind: 'workspace', workspaceId: workspace.id })}>
              Add the key
            </Button>
          )}
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
  const declared = useQuery({
    ...trpc.secrets.declared.queryOptions({ orgId, workspaceId: workspace.id }),
    staleTime: 0,
  })
  const mayOverride = useMay(orgId, 'secrets.workspace.write')
  const [added, setAdded] = useState<string | undefined>()
  const secrets = list.data?.secrets ?? []
  const given = (declared.data ?? []).filter(({ from }) => from !== 'nowhere')
  const hintFor = ({ name, from }: DeclaredKey) =>
    secrets.find((one) => one.name === name && one.workspaceId === (from === 'workspace' ? workspace.id : null))?.hint
  const close = () => setAdded(undefined)
  if (declared.error) return <p className="mt-1 text-13 text-danger">{problemWords(declared.error)}</p>
  return (
    <>
      <ul aria-label="Secrets it gets" className="mt-1">
        {given.map((key) => (
          <GivenRow
            key={key.name}
            declared={key}
            hint={hintFor(key)}
            onOverride={mayOverride && key.from === 'organisation' ? () => setAdded(key.name) : undefined}
          />
        ))}
      </ul>
      {declared.data && given.length === 0 && (
        <p className="mt-1 text-13 text-pretty text-fg-2">
          None: it gets only what its config declares and what its model takes.
        </p>
      )}
      {wished.length > 0 && (
        <p className="mt-1 text-12 text-pretty text-fg-3">It could also use {groupWords(wished)}.</p>
      )}
      {added !== undefined ? (
        <div className="mt-2">
          <SecretForm
            key={added}
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

type DeclaredKey = DeclaredKeys[number]
type GivenRowProps = { declared: DeclaredKey; hint: string | undefined; onOverride: (() => void) | undefined }

function GivenRow({ declared: { name, from }, hint, onOverride }: GivenRowProps) {
  return (
    <li className="flex items-center gap-2 py-1 text-13">
      <div className="min-w-0 flex-1">
        <p className="flex gap-2 font-mono text-12">
          <span className="truncate" title={name}>
            {name}
          </span>{' '}
          <span className="shrink-0 text-fg-3">{hint}</span>
        </p>
        <Badge tone={from === 'workspace' ? 'accent' : 'neutral'}>
          {from === 'workspace' ? 'Its own' : 'Organisation'}
        </Badge>
      </div>
      {onOverride && (
        <Button size="small" tone="ghost" aria-label={`Override ${name} for this workspace`} onClick={onOverride}>
          Override
        </Button>
      )}
    </li>
  )
}

function groupWords(groups: readonly MissingGroup[]): string {
  return groups.map(({ anyOf }) => anyOf.join(' or ')).join('; ')
}
