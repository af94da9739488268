import type { ImportAction } from '#shared/templates/contract.ts'
import type { PlannedKey, ShownPlan } from '#shared/templates/import.ts'

export function countOf(many: number, one: string, more = `${one}s`): string {
  return `${many.toLocaleString('en')} ${many === 1 ? one : more}`
}

export function countActions({ workspaces }: Pick<ShownPlan, 'workspaces'>): Record<ImportAction, number> {
  const counts = { create: 0, update: 0, keep: 0 }
  for (const { action } of workspaces) counts[action] += 1
  return counts
}

/** "Nothing has changed yet. 40 to create, 3 to update, 12 to keep." */
export function planWords(plan: Pick<ShownPlan, 'workspaces'>): string {
  const { create, update, keep } = countActions(plan)
  const parts = [create && `${create} to create`, update && `${update} to update`, keep && `${keep} to keep`].filter(
    Boolean,
  )
  if (create + update === 0) return 'This organisation has all of it already, as the template says it.'
  return `Nothing has changed yet: ${parts.join(', ')}.`
}

/** "Imported Shop: 40 created, 3 updated" */
export function doneWords(plan: ShownPlan): string {
  const { create, update } = countActions(plan)
  const parts = [create && `${create} created`, update && `${update} updated`].filter(Boolean)
  return `Imported ${plan.org}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`
}

/** "Needed by Lead, Writer and 3 more" */
export function whoNeeds({ users, isRequired }: PlannedKey): string {
  const verb = isRequired ? 'Needed by' : 'Useful to'
  if (users === 'all') return `${verb} every workspace`
  if (users.length <= 3) return `${verb} ${users.join(', ')}`
  return `${verb} ${users.slice(0, 2).join(', ')} and ${users.length - 2} more`
}

/** How long the rest will take, judged by what is done; undefined while that cannot be said. */
export function timeLeft({
  done,
  total,
  passedMs,
}: {
  done: number
  total: number
  passedMs: number
}): string | undefined {
  if (done === 0 || passedMs < 500) return undefined
  const seconds = Math.ceil(((total - done) * passedMs) / done / 1_000)
  return seconds <= 1 ? 'about a second left' : `about ${seconds} seconds left`
}
