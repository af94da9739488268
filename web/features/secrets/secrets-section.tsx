import { ClipboardPaste, KeyRound, Plus, Search } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { SecretList } from '#shared/secrets/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { ChangeStrip, type Saved } from './change-strip.tsx'
import { EncryptionBlock } from './encryption-block.tsx'
import { PasteEnv } from './paste-env.tsx'
import { SecretForm } from './secret-form.tsx'
import { SecretsList } from './secrets-list.tsx'
import { useSecrets } from './use-secrets.ts'

type View = { kind: 'list' } | { kind: 'add' } | { kind: 'paste' } | { kind: 'edit'; id: string }
const list: View = { kind: 'list' }

/** All secrets of an org: kept sealed, shown masked, changed here. */
export function SecretsSection({ orgId }: { orgId: OrgId }) {
  const secrets = useSecrets(orgId)
  if (secrets.data) return <Kept orgId={orgId} secrets={secrets.data} />
  if (!secrets.error) {
    return (
      <div className="p-4">
        <SkeletonLines count={8} label="Loading the secrets" />
      </div>
    )
  }
  const { message, fix } = readProblem(secrets.error)
  return (
    <ErrorPanel title={message} action={<Button onClick={() => void secrets.refetch()}>Try again</Button>}>
      {fix}
    </ErrorPanel>
  )
}

function Kept({ orgId, secrets: { secrets, deleted } }: { orgId: OrgId; secrets: SecretList }) {
  const [view, setView] = useState<View>(list)
  const [words, setWords] = useState('')
  const [changes, setChanges] = useState<readonly Saved[]>([])
  const mayAdd = useMay(orgId, 'secrets.workspace.write')
  const saved = (next: readonly Saved[]) => {
    setChanges(next)
    setView(list)
  }
  if (view.kind === 'paste') {
    return <PasteEnv orgId={orgId} known={secrets} onSaved={saved} onClose={() => setView(list)} />
  }
  const acts = mayAdd && (
    <>
      <Button icon={ClipboardPaste} onClick={() => setView({ kind: 'paste' })}>
        Paste a .env
      </Button>
      <Button icon={Plus} tone="primary" disabled={view.kind === 'add'} onClick={() => setView({ kind: 'add' })}>
        Add a key
      </Button>
    </>
  )
  const isEmpty = secrets.length + deleted.length === 0 && view.kind !== 'add'
  if (isEmpty) {
    return (
      <EmptyState icon={KeyRound} title="No secrets yet" action={<div className="flex gap-2">{acts}</div>}>
        Keys kept here are sealed, reach only the workspaces that declare them, and are never shown again, to anybody.
      </EmptyState>
    )
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap gap-2 px-4 py-3 max-wide:[&>button]:flex-1">
        <SearchField words={words} onWords={setWords} />
        {acts}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ChangeStrip changes={changes} onClose={() => setChanges([])} />
        {view.kind === 'add' && (
          <div className="px-4 pb-3">
            <SecretForm
              orgId={orgId}
              known={secrets}
              onSaved={(change) => saved([change])}
              onClose={() => setView(list)}
            />
          </div>
        )}
        <SecretsList
          orgId={orgId}
          secrets={secrets}
          deleted={deleted}
          words={words}
          editedId={view.kind === 'edit' ? view.id : undefined}
          onEdit={(id) => setView(id === undefined ? list : { kind: 'edit', id })}
          onSaved={(change) => saved([change])}
        />
        <EncryptionBlock orgId={orgId} />
      </div>
    </div>
  )
}

function SearchField({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  return (
    <span className="relative flex min-w-32 flex-1 basis-full wide:basis-0">
      <Search
        size={14}
        strokeWidth={1.75}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-fg-3"
      />
      <input
        type="search"
        aria-label="Find a secret"
        placeholder="Find"
        value={words}
        onChange={(event) => onWords(event.target.value)}
        className="h-7 w-full rounded-6 border border-line-2 bg-surface pr-2 pl-7 text-13 text-fg placeholder:text-fg-3 focus-visible:outline-offset-[-1px]"
      />
    </span>
  )
}
