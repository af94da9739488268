import type { ApprovalRule, SetApprovalRule } from '#shared/approvals/contract.ts'
import { defaultExpirySeconds, maxExpirySeconds } from '#shared/approvals/limits.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { splitSeconds, type Unit, unitSeconds } from './words.ts'

/** What a person fills in. */
export type RuleFields = {
  kind: 'tool' | 'model'
  tool: string
  cost: string
  workspaceId: WorkspaceId | null
  maxTier: string
  count: string
  unit: Unit
  escalate: ApprovalRule['escalate']
}

export type RuleProblems = Partial<Record<'tool' | 'cost' | 'expiresSeconds', string>>

/** What is wrong, field by field, in the words the server would use. */
export function checkRule({ kind, tool, cost, count, unit }: RuleFields): RuleProblems {
  const seconds = readCount(count) * unitSeconds[unit]
  return {
    ...problemOf('tool', toolProblem(tool.trim())),
    ...(kind === 'model' && readDollars(cost) === undefined && { cost: 'Give dollars, such as 0.50.' }),
    ...(!(seconds >= 1) && { expiresSeconds: 'Give a whole number from 1.' }),
    ...(seconds > maxExpirySeconds && { expiresSeconds: 'Give at most 30 days.' }),
  }
}

/** What is sent; only for fields without problems. */
export function toRule(fields: RuleFields): Omit<SetApprovalRule, 'orgId' | 'id'> {
  const { kind, tool, cost, workspaceId, maxTier, count, unit, escalate } = fields
  return {
    tool: tool.trim(),
    workspaceId,
    maxTier: maxTier === '' ? null : Number(maxTier),
    minCost: kind === 'model' ? (readDollars(cost) ?? 0) : null,
    expiresSeconds: readCount(count) * unitSeconds[unit],
    escalate,
  }
}

export function toFields(rule: ApprovalRule | undefined): RuleFields {
  const { count, unit } = splitSeconds(rule?.expiresSeconds ?? defaultExpirySeconds)
  return {
    kind: (rule?.minCost ?? null) === null ? 'tool' : 'model',
    tool: rule?.tool ?? '',
    cost: rule === undefined || rule.minCost === null ? '' : String(rule.minCost / 1_000_000),
    workspaceId: rule?.workspaceId ?? null,
    maxTier: rule === undefined || rule.maxTier === null ? '' : String(rule.maxTier),
    count: String(count),
    unit,
    escalate: rule?.escalate ?? 'people',
  }
}

function toolProblem(tool: string): string | undefined {
  if (tool === '') return 'Give a name, or * for all.'
  if (tool.length > 120) return 'Use at most 120 characters.'
  return /\s/.test(tool) ? 'Use no spaces.' : undefined
}

function problemOf(field: 'tool', message: string | undefined): RuleProblems {
  return message === undefined ? {} : { [field]: message }
}

/** "$0.50" or "0.5" as micro-dollars. */
function readDollars(text: string): number | undefined {
  const plain = text.trim().replace(/^\$/, '')
  return /^\d{1,9}(\.\d+)?$/.test(plain) ? Math.round(Number(plain) * 1_000_000) : undefined
}

function readCount(text: string): number {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN
}
