import { ChevronRight, KeyRound } from 'lucide-react'
import { useId, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useMay } from '../../kernel/may.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import type { Group } from './filter.ts'
import { ModelRow } from './model-row.tsx'
import { ProviderKeyForm } from './provider-key-form.tsx'

/** Longer lists are for those who search. */
const shownAtFirst = 8

type ProviderGroupProps = { orgId: OrgId; group: Group; isSearching: boolean }

/** A provider with the one key it lacks, and its models behind it. */
export function ProviderGroup({ orgId, group: { provider, models }, isSearching }: ProviderGroupProps) {
  const mayGive = useMay(orgId, 'secrets.org.write')
  const [isOpen, setOpen] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const [isGiving, setGiving] = useState(false)
  const listId = useId()
  const showsList = isOpen || isSearching
  const shown = isWhole ? models : models.slice(0, shownAtFirst)
  const { label, missing, missingName } = provider
  return (
    <div className="rounded-6 border border-line">
      <div className="flex min-h-9 items-center gap-2 px-2 py-1">
        <div className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={showsList}
            aria-controls={listId}
            onClick={() => setOpen(!isOpen)}
            className="flex w-full min-w-0 items-center gap-2 rounded-4 py-1 text-left text-13 hover:text-fg"
          >
            <ChevronRight
              size={14}
              strokeWidth={1.75}
              aria-hidden
              className={classes('shrink-0 text-fg-3 transition-transform', showsList && 'rotate-90')}
            />
            <span className="truncate font-medium" title={label}>
              {label}
            </span>
            <span className="shrink-0 text-12 text-fg-2">
              {models.length} {models.length === 1 ? 'model' : 'models'}
            </span>
          </button>
          {missing !== null && (
            <p className="pb-1 pl-5.5 text-12 break-words text-state-waiting">
              Needs <span className="font-mono">{missing}</span>
            </p>
          )}
        </div>
        {missing === null && <Badge tone="completed">Ready</Badge>}
        {missing !== null && mayGive && missingName !== null && !isGiving && (
          <Button size="small" icon={KeyRound} aria-label={`Add ${missingName}`} onClick={() => setGiving(true)}>
            Add it
          </Button>
        )}
      </div>
      {isGiving && missing !== null && missingName !== null && (
        <ProviderKeyForm orgId={orgId} name={missingName} onClose={() => setGiving(false)} />
      )}
      <div id={listId} hidden={!showsList} className="border-t border-line px-2 pl-7">
        {showsList && (
          <>
            <ul aria-label={`Models of ${label}`}>
              {shown.map((model) => (
                <ModelRow key={model.model} orgId={orgId} model={model} provider={provider} />
              ))}
            </ul>
            {shown.length < models.length && (
              <Button tone="ghost" size="small" className="mb-2" onClick={() => setWhole(true)}>
                Show all {models.length}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  )
}
