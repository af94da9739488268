import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AuditEntry } from '#shared/audit/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { Button } from '../../ui/button.tsx'
import { CopyableId } from '../../ui/copyable-id.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { fullTime } from '../../ui/exact-time.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { nameOfActor } from './audit-row.tsx'
import type { AuditSearch } from './filter.ts'
import { useAuditLog } from './use-audit-log.ts'
import { fieldWords, headlineOf, kindWords, targetOf } from './words.ts'

export type AuditDetailProps = { orgId: OrgId; search: AuditSearch; onSearch: (change: AuditSearch) => void }

/** All that is known of the open event. */
export function AuditDetail({ orgId, search, onSearch }: AuditDetailProps) {
  const { entries, names } = useAuditLog(orgId, search)
  const entry = entries.find(({ event }) => event.seq === search.e)
  return (
    <aside aria-label="Event" className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      {entry ? (
        <Entry entry={entry} names={names} onSearch={onSearch} />
      ) : (
        <EmptyState
          title={`Event ${search.e} is not among those shown`}
          action={<Button onClick={() => onSearch({ e: undefined })}>Close</Button>}
        >
          The filter leaves it out, or it stands further down.
        </EmptyState>
      )}
    </aside>
  )
}

type EntryProps = {
  entry: AuditEntry
  names: Readonly<Record<string, string>>
  onSearch: (change: AuditSearch) => void
}

function Entry({ entry, names, onSearch }: EntryProps) {
  const { event, origin, call, hash } = entry
  const target = targetOf(entry, (id) => names[id])
  return (
    <>
      <header className="flex items-start gap-2 border-b border-line px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <h2 className="text-15 font-semibold break-words">{headlineOf(entry)}</h2>
          {target !== '' && <p className="text-13 break-words text-fg-2">{target}</p>}
          <p className="text-12 text-fg-2">{fullTime(event.at)}</p>
        </div>
        <IconButton icon={X} label="Close" size="small" onClick={() => onSearch({ e: undefined })} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
        <Part title="Who">
          <Line name={kindWords[event.actor.kind]}>{nameOfActor(entry, names)}</Line>
          <Line name="Id">
            <CopyableId id={event.actor.id} label="actor’s id" />
          </Line>
          {origin?.proof && (
            <Line name={`By ${proofWords[origin.proof.kind]}`}>
              <CopyableId id={origin.proof.id} label={proofWords[origin.proof.kind]} />
            </Line>
          )}
          <Act onClick={() => onSearch({ who: event.actor.id })}>Show only what they did</Act>
        </Part>
        <Part title="From where">
          {origin ? (
            <>
              <Line name="Address">
                <span className="font-mono text-12">{origin.address ?? 'not known'}</span>
              </Line>
              <Line name="Program">{origin.client ?? 'did not say'}</Line>
              <Line name="Request">
                <CopyableId id={origin.requestId} label="request’s id" />
              </Line>
            </>
          ) : (
            <p className="text-13 text-fg-2">From inside: no request led to it directly.</p>
          )}
        </Part>
        {call && (
          <Part title="Tool call">
            <Line name="Tool">
              <span className="font-mono text-12">{call.tool}</span>
            </Line>
            <Hash name="Given (SHA-256)" value={call.argsSha256} />
            {call.resultSha256 !== null && <Hash name="Result (SHA-256)" value={call.resultSha256} />}
          </Part>
        )}
        <Part title="Contents">
          <Line name="Type">
            <span className="font-mono text-12 break-all">{event.type}</span>
          </Line>
          {Object.entries(event.payload).map(([key, value]) => (
            <Line key={key} name={fieldWords(key)}>
              <Value value={value} names={names} />
            </Line>
          ))}
        </Part>
        <Part title="Cause">
          <Line name="Chain">
            <CopyableId id={event.chain.id} label="cause’s id" />
          </Line>
          <Line name="Hands">{event.chain.depth}</Line>
          <Act onClick={() => onSearch({ chain: event.chain.id })}>Show all it led to</Act>
        </Part>
        <Part title="In the chain of hashes">
          <Line name="Number">{event.seq}</Line>
          {hash ? (
            <>
              <Hash name="Own" value={hash.own} />
              <Hash name="Of the one before" value={hash.before} />
            </>
          ) : (
            <p className="text-13 text-fg-2">It is sealed within seconds.</p>
          )}
        </Part>
      </div>
    </>
  )
}

const proofWords = { session: 'session', key: 'API key', token: 'agent token' } as const

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-4">
      <h3 className="mb-1 text-12 text-fg-3">{title}</h3>
      <div className="flex flex-col gap-1">{children}</div>
    </section>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2 text-13">
      <dt className="text-fg-2">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </dl>
  )
}

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <Line name={name}>
      <code className="font-mono text-12 break-all text-fg-2 select-all">{value}</code>
    </Line>
  )
}

function Act({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <div>
      <Button size="small" tone="ghost" className="-ml-2" onClick={onClick}>
        {children}
      </Button>
    </div>
  )
}

const idShape = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

function Value({ value, names }: { value: unknown; names: Readonly<Record<string, string>> }) {
  if (typeof value === 'string' && idShape.test(value)) {
    return (
      <span className="inline-flex flex-wrap items-baseline gap-x-2">
        {names[value]} <CopyableId id={value} />
      </span>
    )
  }
  if (value === null || (Array.isArray(value) && value.length === 0)) return <span className="text-fg-3">none</span>
  if (Array.isArray(value)) {
    return value.slice(0, 50).map((one, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: what was written down once never changes its order.
      <div key={index}>
        <Value value={one} names={names} />
      </div>
    ))
  }
  if (typeof value === 'object') {
    return <code className="font-mono text-12 break-all">{JSON.stringify(value).slice(0, 2_000)}</code>
  }
  return String(value)
}
