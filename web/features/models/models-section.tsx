import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Catalogue } from '#shared/models/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { AliasTable } from './alias-table.tsx'
import { groupsOf, inUse } from './filter.ts'
import { ModelRow } from './model-row.tsx'
import { ProviderGroup } from './provider-group.tsx'

/** Every model the organisation can ask: what it costs, what it lacks, who uses it, and whether it answers. */
export function ModelsSection({ orgId }: { orgId: OrgId }) {
  const catalogue = useQuery({ ...trpc.models.catalogue.queryOptions({ orgId }), staleTime: 0 })
  if (catalogue.data) return <Models orgId={orgId} catalogue={catalogue.data} />
  if (!catalogue.error) {
    return (
      <div className="p-4">
        <SkeletonLines count={8} label="Loading the models" />
      </div>
    )
  }
  const { message, fix } = readProblem(catalogue.error)
  return (
    <ErrorPanel title={message} action={<Button onClick={() => void catalogue.refetch()}>Try again</Button>}>
      {fix}
    </ErrorPanel>
  )
}

function Models({ orgId, catalogue }: { orgId: OrgId; catalogue: Catalogue }) {
  const [words, setWords] = useState('')
  const isSearching = words.trim() !== ''
  const groups = groupsOf(catalogue, words)
  const used = inUse(catalogue)
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
      <TextField
        label="Search models"
        isLabelHidden
        type="search"
        placeholder={`Search ${catalogue.models.length} models and their providers`}
        value={words}
        onChange={setWords}
      />
      {!isSearching && (
        <section aria-labelledby="models-in-use" className="flex flex-col gap-1">
          <h3 id="models-in-use" className="text-13 font-medium">
            In use
          </h3>
          {used.length === 0 ? (
            <p className="text-13 text-fg-2">
              No config names a model yet. Write one as provider:model in a config.yaml.
            </p>
          ) : (
            <ul aria-label="Models in use">
              {used.map((model) => (
                <ModelRow
                  key={model.model}
                  orgId={orgId}
                  model={model}
                  provider={catalogue.providers.find(({ provider }) => provider === model.provider)}
                  isWhole
                />
              ))}
            </ul>
          )}
        </section>
      )}
      <section aria-labelledby="models-by-provider" className="flex flex-col gap-1">
        <h3 id="models-by-provider" className="text-13 font-medium">
          Providers
        </h3>
        {groups.length === 0 ? (
          <p role="status" className="text-13 text-fg-2">
            No model fits “{words.trim()}”. One that is not listed works too: name it as provider:model.
          </p>
        ) : (
          groups.map((group) => (
            <ProviderGroup key={group.provider.provider} orgId={orgId} group={group} isSearching={isSearching} />
          ))
        )}
      </section>
      {!isSearching && <AliasTable orgId={orgId} aliases={catalogue.aliases} />}
    </div>
  )
}
