import { Search, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useWorkspaces } from '../workspaces/index.ts'
import { type AuditSearch, parseAuditSearch } from './filter.ts'
import { isNarrowed } from './slice.ts'
import { useAuditActors } from './use-audit-log.ts'
import { kindWords } from './words.ts'

type AuditBarProps = {
  orgId: OrgId
  search: AuditSearch
  onSearch: (change: AuditSearch) => void
  onClear: () => void
}

const typingMs = 250

/** What narrows the log: words, who, what, where and since when. */
export function AuditBar({ orgId, search, onSearch, onClear }: AuditBarProps) {
  const actors = useAuditActors(orgId)
  const workspaces = useWorkspaces(orgId)
  const choose = (key: 'who' | 'about' | 'w' | 'span') => (value: string) =>
    onSearch({ [key]: undefined, ...parseAuditSearch({ [key]: value }) })
  const who = actors.map(({ kind, id, name }) => ({ value: id, label: `${name} (${kindWords[kind].toLowerCase()})` }))
  const isWhoListed =
    search.who === undefined || search.who in kindWords || who.some(({ value }) => value === search.who)
  return (
    <search
      aria-label="Filter of the audit"
      className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2"
    >
      <Words value={search.q ?? ''} onSearch={onSearch} />
      <div className="w-44">
        <Select
          label="Who"
          isLabelHidden
          value={search.who ?? ''}
          onChange={choose('who')}
          options={[
            { value: '', label: 'Everybody' },
            { value: 'person', label: 'All people' },
            { value: 'key', label: 'All API keys' },
            { value: 'workspace', label: 'All agents' },
            { value: 'system', label: 'The system' },
            ...who,
            ...(isWhoListed ? [] : [{ value: search.who ?? '', label: 'One actor' }]),
          ]}
        />
      </div>
      <div className="w-40">
        <Select
          label="What"
          isLabelHidden
          value={search.about ?? ''}
          onChange={choose('about')}
          options={[{ value: '', label: 'Everything' }, ...topics]}
        />
      </div>
      <div className="w-40">
        <Select
          label="Workspace"
          isLabelHidden
          value={search.w ?? ''}
          onChange={choose('w')}
          options={[
            { value: '', label: 'All workspaces' },
            ...workspaces.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <div className="w-32">
        <Select
          label="Since when"
          isLabelHidden
          value={search.span ?? ''}
          onChange={choose('span')}
          options={[
            { value: '', label: 'Any time' },
            { value: '1h', label: 'Last hour' },
            { value: '24h', label: 'Last 24 hours' },
            { value: '7d', label: 'Last 7 days' },
            { value: '30d', label: 'Last 30 days' },
          ]}
        />
      </div>
      {search.chain !== undefined && (
        <Button size="medium" icon={X} onClick={() => onSearch({ chain: undefined })}>
          One cause only
        </Button>
      )}
      {isNarrowed(search) && (
        <Button tone="ghost" onClick={onClear}>
          Clear
        </Button>
      )}
    </search>
  )
}

const topics = [
  { value: 'access', label: 'Refused attempts' },
  { value: 'org', label: 'Organisation' },
  { value: 'member', label: 'People' },
  { value: 'key', label: 'API keys' },
  { value: 'agent-token', label: 'Agent tokens' },
  { value: 'secret', label: 'Secrets' },
  { value: 'workspace', label: 'Workspaces' },
  { value: 'file', label: 'Files' },
  { value: 'delegation', label: 'Delegations' },
  { value: 'step', label: 'Tool calls' },
  { value: 'agent', label: 'Tool calls from outside' },
  { value: 'approval', label: 'Approvals' },
  { value: 'budget', label: 'Budgets' },
  { value: 'price', label: 'Prices' },
  { value: 'memory', label: 'Memory' },
  { value: 'schedule', label: 'Schedules' },
  { value: 'snapshot', label: 'Snapshots' },
  { value: 'template', label: 'Templates' },
  { value: 'audit', label: 'The audit itself' },
]

/** Looks a moment after the last key. What is typed stays, however late the address follows, until that is cleared. */
function Words({ value, onSearch }: { value: string; onSearch: (change: AuditSearch) => void }) {
  const [text, setText] = useState(value)
  const [asked, setAsked] = useState(value)
  const [seen, setSeen] = useState(value)
  if (value !== seen) {
    setSeen(value)
    if (value === '' && asked !== '') {
      setText('')
      setAsked('')
    }
  }
  useEffect(() => {
    if (text === asked) return
    const timer = setTimeout(() => {
      setAsked(text)
      onSearch({ q: text === '' ? undefined : text.slice(0, 120) })
    }, typingMs)
    return () => clearTimeout(timer)
  }, [text, asked, onSearch])
  return (
    <div className="relative min-w-48 flex-1 wide:max-w-80">
      <Search
        size={14}
        strokeWidth={1.75}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-fg-3"
      />
      <TextField
        label="Words in the log"
        isLabelHidden
        type="search"
        placeholder="Name, path, id …"
        maxLength={120}
        value={text}
        onChange={setText}
        className="pl-7"
      />
    </div>
  )
}
