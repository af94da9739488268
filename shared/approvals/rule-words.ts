import type { ApprovalRule } from './contract.ts'

/** Which rule, in words that people and agents both read: "the rule write_* for the team of Sales". */
export function ruleWords(rule: ApprovalRule, nameOf: (workspaceId: string) => string | undefined): string {
  return `the rule ${rule.tool} ${whereWords(rule, nameOf)}`
}

/** "for the role *writer*, tier 2 and lower". */
export function whereWords(
  {
    workspaceId,
    withTeam,
    role,
    minTier,
    maxTier,
  }: Pick<ApprovalRule, 'workspaceId' | 'withTeam' | 'role' | 'minTier' | 'maxTier'>,
  nameOf: (workspaceId: string) => string | undefined,
): string {
  const name = workspaceId === null ? undefined : (nameOf(workspaceId) ?? 'a removed workspace')
  const parts = [
    name !== undefined && (withTeam ? `the team of ${name}` : name),
    role !== null && `the role ${role}`,
    tierWords({ minTier, maxTier }),
  ].filter((part) => typeof part === 'string')
  return parts.length === 0 ? 'for the whole organisation' : `for ${parts.join(', ')}`
}

/** "tier 2 and lower", "tier 3", undefined for every tier. */
function tierWords({ minTier, maxTier }: Pick<ApprovalRule, 'minTier' | 'maxTier'>): string | undefined {
  if (minTier === null && maxTier === null) return undefined
  if (minTier === maxTier) return `tier ${minTier}`
  if (minTier === null) return `tier ${maxTier}${maxTier === 1 ? '' : ' and lower'}`
  return maxTier === null ? `tier ${minTier} and higher` : `tier ${minTier} to ${maxTier}`
}
