import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { CreatedKey } from '#shared/keys/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { KeyForm } from './key-form.tsx'
import { KeyRow } from './key-row.tsx'
import { ShownOnce } from './shown-once.tsx'

/** The API keys of the organisation, or one's own, for whoever may not see all. */
export function KeysSection({ orgId }: { orgId: OrgId }) {
  const [at, setAt] = useState<'list' | 'form' | CreatedKey>('list')
  const keys = useQuery({ ...trpc.keys.list.queryOptions({ orgId }), staleTime: 0 })
  if (keys.error && !keys.data) {
    const { message, fix } = readProblem(keys.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void keys.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  if (!keys.data) {
    return (
      <div className="p-4">
        <SkeletonLines count={5} label="Loading the keys" />
      </div>
    )
  }
  const add = (
    <Button icon={Plus} tone={keys.data.length === 0 ? 'primary' : 'secondary'} onClick={() => setAt('form')}>
      New key
    </Button>
  )
  const isEmpty = keys.data.length === 0 && at === 'list'
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-4 py-3">
      {!isEmpty && (
        <div className="flex items-center gap-3">
          <p className="min-w-0 flex-1 text-12 text-pretty text-fg-2">
            A key lets a program use this organisation over HTTP, with a role of its own.
          </p>
          {at === 'list' && add}
        </div>
      )}
      {at === 'form' && <KeyForm orgId={orgId} onCreated={setAt} onClose={() => setAt('list')} />}
      {typeof at === 'object' && (
        <ShownOnce
          title={`The key ${at.key.name}`}
          token={at.token}
          example={`curl -H 'Authorization: Bearer ${at.token}' ${window.location.origin}/api/trpc/orgs.list`}
          onDone={() => setAt('list')}
        />
      )}
      {isEmpty && (
        <EmptyState icon={KeyRound} title="No program has a key" action={add}>
          Give CI or a script a key of its own: limited to a role, gone when you revoke it.
        </EmptyState>
      )}
      <ul aria-label="Keys" className="mt-1">
        {keys.data.map((key) => (
          <li key={key.id} className="border-b border-line last:border-0">
            <KeyRow orgId={orgId} apiKey={key} />
          </li>
        ))}
      </ul>
    </div>
  )
}
