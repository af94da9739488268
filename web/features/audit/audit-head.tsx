import { useMutation, useQuery } from '@tanstack/react-query'
import { Download, Link2, ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { LogVerdict } from '#shared/audit/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { client, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { Popover } from '../../ui/popover.tsx'
import { notify } from '../../ui/toast.ts'
import { saveLog } from './export.ts'
import { RetentionDialog } from './retention-dialog.tsx'

type AuditHeadProps = {
  orgId: OrgId
  slice: Readonly<Record<string, string | undefined>>
  onOpen: (seq: number) => void
}

const keeps = [
  { value: '', label: 'For ever' },
  { value: '365', label: 'One year' },
  { value: '90', label: '90 days' },
  { value: '30', label: '30 days' },
]

/** What is known of the log as a whole, and what one does with it. */
export function AuditHead({ orgId, slice, onOpen }: AuditHeadProps) {
  const state = useQuery({
    ...trpc.audit.state.queryOptions({ orgId }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data && data.sealed.seq < data.lastSeq ? 1_500 : false),
  }).data
  const mayKeep = useMay(orgId, 'audit.retention.write')
  const [keepAsked, askKeep] = useState<number | null | undefined>()
  const keepDays = state?.keepDays ?? null
  const value = keepDays === null ? '' : String(keepDays)
  const listed = keeps.some((keep) => keep.value === value) ? keeps : [...keeps, { value, label: `${keepDays} days` }]
  const entries: MenuEntry[] = [
    { id: 'jsonl', label: 'JSON lines, verifiable', icon: Link2, run: () => saveLog(orgId, slice) },
    { id: 'csv', label: 'Table (CSV)', icon: Download, run: () => saveLog(orgId, slice, 'csv') },
    ...(mayKeep && state
      ? [
          { kind: 'rule' as const, id: 'rule' },
          {
            ...{ kind: 'choice' as const, id: 'keep', label: 'Keep events', value, options: listed },
            choose: (days: string) => askKeep(days === '' ? null : Number(days)),
          },
        ]
      : []),
  ]
  return (
    <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
      <h2 className="text-15 font-semibold">Audit</h2>
      {state && (
        <p className="min-w-0 text-12 text-fg-2 tabular-nums">
          {state.lastSeq.toLocaleString()} events
          {state.sealed.seq < state.lastSeq
            ? `, sealed up to ${state.sealed.seq.toLocaleString()}`
            : ', all sealed in one chain'}
          {state.dropped && `; those up to ${state.dropped.seq.toLocaleString()} dropped by policy`}
        </p>
      )}
      <span className="flex-1" />
      <Verify orgId={orgId} onOpen={onOpen} />
      <Menu label="Export" entries={entries}>
        <Button icon={Download}>Export</Button>
      </Menu>
      <RetentionDialog orgId={orgId} keepDays={keepAsked} onClose={() => askKeep(undefined)} />
    </header>
  )
}

function Verify({ orgId, onOpen }: Pick<AuditHeadProps, 'orgId' | 'onOpen'>) {
  const [isShown, show] = useState(false)
  const check = useMutation({
    mutationFn: () => client.audit.verify.query({ orgId }),
    onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
  })
  const open = (isOpen: boolean) => {
    if (isOpen) check.mutate(undefined, { onSuccess: () => show(true) })
    else show(false)
  }
  return (
    <Popover
      label="What verifying found"
      width="wide"
      isOpen={isShown}
      onOpenChange={open}
      trigger={
        <Button icon={ShieldCheck} isBusy={check.isPending}>
          Verify
        </Button>
      }
    >
      {check.data && <Verdict verdict={check.data} onOpen={onOpen} />}
    </Popover>
  )
}

function Verdict({ verdict, onOpen }: { verdict: LogVerdict; onOpen: (seq: number) => void }) {
  const { isWhole, problems, events, firstSeq, unsealed, sealed } = verdict
  const Icon = isWhole ? ShieldCheck : ShieldAlert
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-center gap-2 text-13 font-medium">
        <Icon
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className={isWhole ? 'text-state-completed' : 'text-state-failed'}
        />
        {isWhole ? 'Nothing was changed or taken out' : `The log is not as it was written`}
      </p>
      {problems.length > 0 && (
        <ul className="max-h-60 overflow-y-auto">
          {problems.map(({ seq, problem }) => (
            <li key={`${seq} ${problem}`}>
              <button
                type="button"
                onClick={() => onOpen(seq)}
                className="w-full rounded-4 px-1 py-0.5 text-left text-13 text-danger hover:bg-hover"
              >
                {problem}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="text-12 text-fg-2">
        {events.toLocaleString()} events{firstSeq !== null && ` from ${firstSeq.toLocaleString()} on`} were hashed again
        and compared{unsealed > 0 && `; ${unsealed} newer ones are sealed within seconds`}. Note this down to prove
        later that nothing before it was changed:
      </p>
      <code className="rounded-4 bg-surface-3 p-2 font-mono text-12 break-all select-all">
        {sealed.seq}:{sealed.sha256}
      </code>
    </div>
  )
}
