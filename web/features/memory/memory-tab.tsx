import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Brain, Plus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { memoryKinds, memoryScopes, memorySorts } from '#shared/memory/limits.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Select } from '../../ui/select.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { MemoryRow } from './memory-row.tsx'
import { RememberDialog } from './remember-dialog.tsx'
import { TidyBar } from './tidy-bar.tsx'
import { useEditMemory } from './use-edit.ts'
import { useForget } from './use-forget.ts'
import { countWords, kindWords, scopeWords, sortWords } from './words.ts'

const scopes = ['all', ...memoryScopes] as const
type ScopeChoice = (typeof scopes)[number]
const kinds = ['all', ...memoryKinds] as const
type KindChoice = (typeof kinds)[number]

/** What a workspace can recall: its own, its team's and everybody's memories. */
export function MemoryTab({ orgId, workspace }: { orgId: OrgId; workspace: Workspace }) {
  const workspaceId = workspace.id
  const [typed, setTyped] = useState('')
  const [scope, setScope] = useState<ScopeChoice>('all')
  const [kind, setKind] = useState<KindChoice>('all')
  const [sort, setSort] = useState<(typeof memorySorts)[number]>('newest')
  const [isAsking, setIsAsking] = useState(false)
  const query = useDeferredValue(typed.trim())
  const mayWrite = useMay(orgId, 'memory.write')
  const forget = useForget(orgId)
  const edit = useEditMemory(orgId)
  const asked = { orgId, workspaceId, query, sort, ...(scope !== 'all' && { scope }), ...(kind !== 'all' && { kind }) }
  const found = useQuery({
    ...trpc.memory.list.queryOptions(asked),
    staleTime: 0,
    placeholderData: keepPreviousData,
  })
  if (found.error && !found.data) {
    const { message, fix } = readProblem(found.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void found.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  const add = mayWrite && (
    <Button icon={Plus} onClick={() => setIsAsking(true)}>
      New memory
    </Button>
  )
  const bestFit = Math.max(0, ...(found.data ?? []).map(({ why }) => why?.fits ?? 0))
  const isNarrowed = query !== '' || scope !== 'all' || kind !== 'all'
  return (
    <>
      <div className="@container flex flex-col gap-2 border-b border-line p-3">
        <TextField
          label="Search memories"
          isLabelHidden
          type="search"
          placeholder="Search memories"
          value={typed}
          maxLength={400}
          onChange={setTyped}
        />
        <div className="grid grid-cols-2 items-center gap-2 @md:flex">
          <Select
            label="Who may recall it"
            isLabelHidden
            value={scope}
            onChange={setScope}
            options={scopes.map((value) => ({ value, label: value === 'all' ? 'All readers' : scopeWords[value] }))}
          />
          <Select
            label="Kind"
            isLabelHidden
            value={kind}
            onChange={setKind}
            options={kinds.map((value) => ({ value, label: value === 'all' ? 'All kinds' : kindWords[value] }))}
          />
          {query === '' && (
            <Select
              label="In which order"
              isLabelHidden
              value={sort}
              onChange={setSort}
              options={memorySorts.map((value) => ({ value, label: sortWords[value] }))}
            />
          )}
          {found.data !== undefined && found.data.length > 0 && (
            <p role="status" className="col-start-2 ml-auto text-right text-12 text-fg-2 tabular-nums">
              {countWords(found.data.length, query !== '' ? 'search' : sort)}
            </p>
          )}
        </div>
      </div>
      {!found.data && (
        <div className="p-4">
          <SkeletonLines count={5} label="Loading the memories" />
        </div>
      )}
      {found.data?.length === 0 && !isNarrowed && (
        <EmptyState icon={Brain} title="Nothing remembered yet" action={add}>
          Agents keep here what later tasks should know{mayWrite ? '; you can add to it.' : '.'}
        </EmptyState>
      )}
      {found.data?.length === 0 && isNarrowed && (
        <EmptyState icon={Brain} title="No memory fits">
          Try fewer or other words, or look in all of them.
        </EmptyState>
      )}
      {found.data !== undefined && found.data.length > 0 && (
        <div className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
          <ul aria-label="Memories">
            {found.data.map((memory) => (
              <li key={memory.id}>
                <MemoryRow
                  memory={memory}
                  workspaceId={workspaceId}
                  bestFit={bestFit}
                  onForget={mayWrite ? (one) => forget.mutate(one) : undefined}
                  onEdit={mayWrite ? (change) => edit.mutate(change) : undefined}
                />
              </li>
            ))}
          </ul>
          <div className="flex justify-center py-2">{add}</div>
          {mayWrite && query === '' && <TidyBar orgId={orgId} workspaceId={workspaceId} />}
        </div>
      )}
      {isAsking && (
        <RememberDialog
          orgId={orgId}
          workspaceId={workspaceId}
          workspaceName={workspace.name}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}
