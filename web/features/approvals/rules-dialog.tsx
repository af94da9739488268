import { useQuery } from '@tanstack/react-query'
import { Plus, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay, useRole } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { useWorkspaces } from '../workspaces/index.ts'
import { RuleForm } from './rule-form.tsx'
import { RuleTable } from './rule-table.tsx'

/** All rules, or the one that is made or changed. */
export function RulesDialog({ orgId, onClose }: { orgId: OrgId; onClose: () => void }) {
  const [edited, setEdited] = useState<string | undefined>()
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Approval rules"
      description="A rule says of a call that it runs, waits for a yes or is refused. The nearest to the workspace decides: its own, its team's, its role's, its tier's, the organisation's. Of two equally near, the stricter does."
      width="wide"
    >
      <div className="flex min-h-60 flex-col pb-3">
        <Rules orgId={orgId} edited={edited} onEdit={setEdited} />
      </div>
    </Dialog>
  )
}

type RulesProps = { orgId: OrgId; edited: string | undefined; onEdit: (id: string | undefined) => void }

function Rules({ orgId, edited, onEdit }: RulesProps) {
  const role = useRole(orgId)
  const isAllowed = useMay(orgId, 'approvals.rules.write')
  const workspaces = useWorkspaces(orgId)
  const { data: rules, error, refetch } = useQuery(trpc.approvals.rules.queryOptions({ orgId }))
  if (!rules) {
    if (!error) return <SkeletonLines count={4} label="Loading the rules" />
    const { message, fix } = readProblem(error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  const rule = rules.find(({ id }) => id === edited)
  if (edited === 'new' || rule) {
    return <RuleForm orgId={orgId} rule={rule} workspaces={workspaces} onClose={() => onEdit(undefined)} />
  }
  const why = role !== undefined && !isAllowed && `Admins and owners change rules; your role is ${role}.`
  const add = (
    <Button icon={Plus} onClick={() => onEdit('new')} data-autofocus>
      New rule
    </Button>
  )
  if (rules.length === 0) {
    return (
      <EmptyState icon={ShieldCheck} title="No rules yet" action={isAllowed ? add : undefined}>
        Agents call what their configs give them. A rule names a tool, such as run_code, or model calls above a cost,
        and makes it wait for a yes or refuses it. {why}
      </EmptyState>
    )
  }
  return (
    <>
      <RuleTable orgId={orgId} rules={rules} workspaces={workspaces} mayChange={isAllowed} onEdit={onEdit} />
      <div className="pt-3">{why ? <p className="text-12 text-fg-2">{why}</p> : add}</div>
    </>
  )
}
