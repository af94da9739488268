import type { ApprovalRule, RuleEffect, SetApprovalRule } from '#shared/approvals/contract.ts'
import { defaultExpirySeconds, maxExpirySeconds } from '#shared/approvals/limits.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { splitSeconds, type Unit, unitSeconds } from './words.ts'

/** What a person fills in. */
export type RuleFields = {
  effect: RuleEffect
  kind: 'tool' | 'model'
  tool: string
  cost: string
  workspaceId: WorkspaceId | null
  withTeam: boolean
  role: string
  tiers: string
  count: string
  unit: Unit
  escalate: ApprovalRule['escalate']
}

export type RuleProblems = Partial<Record<'tool' | 'cost' | 'expiresSeconds' | 'role', string>>

/** What is wrong, field by field, in the words the server would use. */
export function checkRule({ effect, kind, tool, role, cost, count, unit }: RuleFields): RuleProblems {
  const seconds = readCount(count) * unitSeconds[unit]
  return {
    ...problemOf('tool', toolProblem(tool.trim())),
    ...(kind === 'model' && readDollars(cost) === undefined && { cost: 'Give dollars, such as 0.50.' }),
    ...(role.trim().length > 120 && { role: 'Use at most 120 characters.' }),
    ...(effect === 'ask' && !(seconds >= 1) && { expiresSeconds: 'Give a whole number from 1.' }),
    ...(effect === 'ask' && seconds > maxExpirySeconds && { expiresSeconds: 'Give at most 30 days.' }),
  }
}

/** What is sent; only for fields without problems. */
export function toRule(fields: RuleFields): Omit<SetApprovalRule, 'orgId' | 'id'> {
  const { kind, tool, cost, workspaceId, withTeam, role, count, unit, escalate } = fields
  const [minTier = '', maxTier = ''] = fields.tiers.split('-')
  const seconds = readCount(count) * unitSeconds[unit]
  return {
    effect: fields.effect,
    tool: tool.trim(),
    workspaceId,
    withTeam: withTeam && workspaceId !== null,
    role: role.trim() === '' ? null : role.trim(),
    minTier: minTier === '' ? null : Number(minTier),
    maxTier: maxTier === '' ? null : Number(maxTier),
    minCost: kind === 'model' ? (readDollars(cost) ?? 0) : null,
    // Who does not ask has no time to set; what stands in the field then may be anything.
    expiresSeconds: seconds >= 1 && seconds <= maxExpirySeconds ? seconds : defaultExpirySeconds,
    escalate,
  }
}

export function toFields(rule: ApprovalRule | undefined): RuleFields {
  const { count, unit } = splitSeconds(rule?.expiresSeconds ?? defaultExpirySeconds)
  return {
    effect: rule?.effect ?? 'ask',
    kind: (rule?.minCost ?? null) === null ? 'tool' : 'model',
    tool: rule?.tool ?? '',
    cost: rule === undefined || rule.minCost === null ? '' : String(rule.minCost / 1_000_000),
    workspaceId: rule?.workspaceId ?? null,
    withTeam: rule?.withTeam ?? false,
    role: rule?.role ?? '',
    tiers: tiersOf(rule),
    count: String(count),
    unit,
    escalate: rule?.escalate ?? 'people',
  }
}

/** As the field of tiers holds them: '' for all, '-2' up to 2, '3-' from 3 on. */
function tiersOf(rule: ApprovalRule | undefined): string {
  if (!rule || (rule.minTier === null && rule.maxTier === null)) return ''
  return `${rule.minTier ?? ''}-${rule.maxTier ?? ''}`
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
