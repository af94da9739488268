import { FilterX, ScrollText } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { AuditEntry } from '#shared/audit/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { AuditBar } from './audit-bar.tsx'
import { AuditHead } from './audit-head.tsx'
import { AuditRow, columns } from './audit-row.tsx'
import type { AuditSearch } from './filter.ts'
import { isNarrowed } from './slice.ts'
import { useAuditLog } from './use-audit-log.ts'

export type AuditPaneProps = { orgId: OrgId; search: AuditSearch; onSearch: (change: AuditSearch) => void }

/** Who did what, from where, newest first: the log of the whole organisation, to search, verify and take along. */
export function AuditPane({ orgId, search, onSearch }: AuditPaneProps) {
  const { log, entries, names, slice } = useAuditLog(orgId, search)
  const [clears, setClears] = useState(0)
  const clear = () => {
    setClears(clears + 1)
    onSearch(everything)
  }
  return (
    <section aria-label="Audit" className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <AuditHead orgId={orgId} slice={slice} onOpen={(e) => onSearch({ e })} />
      {/* A bar of its own after each clearing: words typed a moment ago, not asked for yet, go too. */}
      <AuditBar key={clears} orgId={orgId} search={search} onSearch={onSearch} onClear={clear} />
      {log.error && !log.data ? (
        <Problem error={log.error} onRetry={() => void log.refetch()} />
      ) : !log.data ? (
        <div className="p-4">
          <SkeletonLines count={10} label="Loading the audit" />
        </div>
      ) : entries.length === 0 ? (
        <Nothing search={search} onClear={clear} />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={log.isPlaceholderData}>
          <div
            aria-hidden
            className={`sticky top-0 z-10 border-b border-line bg-surface-2 px-4 py-1 text-12 text-fg-3 ${columns}`}
          >
            <span>Time</span>
            <span>Who</span>
            <span>What</span>
            <span className="hidden wide:block">From</span>
            <span className="hidden text-right wide:block">No.</span>
          </div>
          <ol aria-label="Events" onKeyDown={stepThrough}>
            {entries.map((entry, index) => (
              <li key={entry.event.id}>
                <Day entry={entry} before={entries[index - 1]} />
                <AuditRow
                  entry={entry}
                  names={names}
                  isOpen={search.e === entry.event.seq}
                  onOpen={() => onSearch({ e: search.e === entry.event.seq ? undefined : entry.event.seq })}
                />
              </li>
            ))}
          </ol>
          {log.hasNextPage && (
            <div className="flex justify-center py-3">
              <Button size="small" isBusy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                Show earlier
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  )
}

const everything: AuditSearch = {
  ...{ who: undefined, about: undefined, w: undefined, span: undefined, q: undefined, chain: undefined },
}

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' })

function Day({ entry, before }: { entry: AuditEntry; before: AuditEntry | undefined }) {
  const day = dayFormat.format(new Date(entry.event.at))
  if (before && dayFormat.format(new Date(before.event.at)) === day) return null
  return <p className="border-b border-line bg-surface-2 px-4 py-1 text-12 font-medium text-fg-2">{day}</p>
}

function Problem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { message, fix } = readProblem(error)
  return (
    <ErrorPanel title={message} action={<Button onClick={onRetry}>Try again</Button>}>
      {fix}
    </ErrorPanel>
  )
}

function Nothing({ search, onClear }: { search: AuditSearch; onClear: () => void }) {
  if (!isNarrowed(search)) {
    return (
      <EmptyState icon={ScrollText} title="Nothing has happened yet">
        Every change and every tool call is told here as it happens.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={FilterX} title="Nothing fits" action={<Button onClick={onClear}>Clear the filter</Button>}>
      No event is as narrow as this filter asks.
    </EmptyState>
  )
}

/** Up and down, Home and End go from row to row. */
function stepThrough(event: KeyboardEvent<HTMLOListElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const focused = document.activeElement
  const at = focused instanceof HTMLElement ? rows.indexOf(focused) : -1
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (at < 0 || to === undefined || !rows[to]) return
  event.preventDefault()
  rows[to].focus()
}
