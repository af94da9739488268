import { useQuery } from '@tanstack/react-query'
import { Ban, Check, CircleHelp, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { ToolAccess, ToolVerdict } from '#shared/tools/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { askApprovals } from './ask.ts'

const looks: Record<ToolVerdict, { icon: LucideIcon; word: string; tone: string }> = {
  may: { icon: Check, word: 'may call', tone: 'text-state-completed' },
  asks: { icon: CircleHelp, word: 'asks before', tone: 'text-state-waiting' },
  'may-not': { icon: Ban, word: 'may not call', tone: 'text-danger' },
}

/** Every tool with what it is to this workspace, and because of which rule; what differs from the usual comes first. */
export function ToolAccessBlock({ orgId, workspaceId }: { orgId: OrgId; workspaceId: WorkspaceId }) {
  const [showsAll, setShowsAll] = useState(false)
  const mayRule = useMay(orgId, 'approvals.rules.write')
  const access = useQuery({ ...trpc.tools.access.queryOptions({ orgId, workspaceId }), staleTime: 0 })
  const problem = access.error && !access.data ? readProblem(access.error) : undefined
  const tools = access.data ?? []
  const special = tools.filter(({ verdict, ruleId }) => verdict !== 'may' || ruleId !== null)
  const usual = tools.filter((tool) => !special.includes(tool))
  return (
    <section aria-label="Tools" className="border-t border-line px-4 py-3">
      <div className="flex items-baseline gap-2">
        <h3 className="text-12 text-fg-2">Tools</h3>
        {mayRule && (
          <Button size="small" tone="ghost" className="ml-auto" onClick={() => askApprovals('rules')}>
            Change the rules
          </Button>
        )}
      </div>
      {access.isPending && <SkeletonLines count={3} label="Loading what it may call" />}
      {problem && (
        <ErrorPanel title={problem.message} action={<Button onClick={() => void access.refetch()}>Try again</Button>}>
          {problem.fix}
        </ErrorPanel>
      )}
      {access.data && special.length === 0 && (
        <p className="mt-1 text-13 text-fg-2">No rule is about it: it may call all {tools.length} tools it is given.</p>
      )}
      <ToolList label="Tools with a rule or not given" tools={special} />
      {usual.length > 0 && (
        <>
          <Button
            size="small"
            tone="ghost"
            className="-ml-2 mt-1"
            aria-expanded={showsAll}
            onClick={() => setShowsAll(!showsAll)}
          >
            {showsAll ? 'Show fewer' : `${usual.length} more it may call`}
          </Button>
          {showsAll && <ToolList label="Tools it may call" tools={usual} />}
        </>
      )}
    </section>
  )
}

function ToolList({ label, tools }: { label: string; tools: readonly ToolAccess[] }) {
  if (tools.length === 0) return null
  return (
    <ul aria-label={label} className="mt-1 flex flex-col gap-1.5">
      {tools.map(({ name, description, verdict, why }) => {
        const { icon: Icon, word, tone } = looks[verdict]
        return (
          <li key={name} className="flex gap-2 text-13" title={description}>
            <Icon size={14} strokeWidth={1.75} aria-hidden className={classes('mt-[3px] shrink-0', tone)} />
            <span className="min-w-0">
              <span className="text-fg-2">{word}</span> <span className="font-mono text-12 break-all">{name}</span>
              <span className="block text-12 text-pretty text-fg-2">because {why}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
