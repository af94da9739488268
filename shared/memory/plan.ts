import { z } from 'zod'

export const PlanItemState = z.enum(['todo', 'doing', 'done', 'dropped'])
export type PlanItemState = z.infer<typeof PlanItemState>

const Title = z.string().trim().min(1, 'Give each item a title.').max(300, 'Use at most 300 characters.')

/** A numbered item of a plan with those below it. */
export type PlanItem = { id: number; title: string; state: PlanItemState; items: PlanItem[] }
export const PlanItem: z.ZodType<PlanItem> = z.lazy(() =>
  z.object({ id: z.int().positive(), title: Title, state: PlanItemState, items: z.array(PlanItem) }),
)

/** How an item is asked for. */
export type NewPlanItem = { title: string; state?: PlanItemState | undefined; items?: NewPlanItem[] | undefined }
export const NewPlanItem: z.ZodType<NewPlanItem> = z.lazy(() =>
  z.object({ title: Title, state: PlanItemState.optional(), items: z.array(NewPlanItem).max(50).optional() }),
)

export const PlanChange = z.object({
  id: z.int().positive().describe('Number of the item.'),
  state: PlanItemState.optional(),
  title: Title.optional(),
})
export const PlanAddition = z.object({
  under: z.int().positive().optional().describe('Number of the item it belongs to; absent: at the top.'),
  item: NewPlanItem,
})
export type PlanEdit = {
  changes: readonly z.infer<typeof PlanChange>[]
  additions: readonly z.infer<typeof PlanAddition>[]
}

export type Plan = { items: PlanItem[]; nextId: number }

export const maxPlanItems = 200
export const maxPlanDepth = 5

export type PlanProblem = 'too-many' | 'too-deep' | { unknown: number }

/** A plan of these items, numbered in reading order. */
export function makePlan(items: readonly NewPlanItem[]): Plan | PlanProblem {
  return checked(numbered(items, 1))
}

/** The plan after an edit; nothing of it happens where part of it cannot. Numbers are never given twice. */
export function editPlan(plan: Plan, { changes, additions }: PlanEdit): Plan | PlanProblem {
  const known = new Set(idsOf(plan.items))
  const asked = [...changes.map((change) => change.id), ...additions.flatMap(({ under }) => under ?? [])]
  const unknown = asked.find((id) => !known.has(id))
  if (unknown !== undefined) return { unknown }
  let next: Plan = { ...plan, items: plan.items.map((item) => changed(item, changes)) }
  for (const { under, item } of additions) {
    const { items, nextId } = numbered([item], next.nextId)
    next = { items: under === undefined ? [...next.items, ...items] : appended(next.items, under, items), nextId }
  }
  return checked(next)
}

/** How far it is: items that ended well, of those that still count. */
export function progressOf(items: readonly PlanItem[]): { done: number; of: number } {
  const all = flat(items).filter((item) => item.state !== 'dropped')
  return { done: all.filter((item) => item.state === 'done').length, of: all.length }
}

export function isProblem(result: Plan | PlanProblem): result is PlanProblem {
  return typeof result === 'string' || 'unknown' in result
}

function numbered(items: readonly NewPlanItem[], from: number): Plan {
  let nextId = from
  const walk = (list: readonly NewPlanItem[]): PlanItem[] =>
    list.map(({ title, state = 'todo', items: below = [] }) => ({ id: nextId++, title, state, items: walk(below) }))
  const made = walk(items)
  return { items: made, nextId }
}

function changed(item: PlanItem, changes: PlanEdit['changes']): PlanItem {
  const asked = changes.filter((change) => change.id === item.id)
  const state = asked.findLast((change) => change.state)?.state ?? item.state
  const title = asked.findLast((change) => change.title)?.title ?? item.title
  return { id: item.id, title, state, items: item.items.map((below) => changed(below, changes)) }
}

function appended(items: readonly PlanItem[], under: number, added: readonly PlanItem[]): PlanItem[] {
  return items.map((item) => ({
    ...item,
    items: item.id === under ? [...item.items, ...added] : appended(item.items, under, added),
  }))
}

function checked(plan: Plan): Plan | PlanProblem {
  if (idsOf(plan.items).length > maxPlanItems) return 'too-many'
  return depthOf(plan.items) > maxPlanDepth ? 'too-deep' : plan
}

function depthOf(items: readonly PlanItem[]): number {
  return items.length === 0 ? 0 : 1 + Math.max(...items.map((item) => depthOf(item.items)))
}

function flat(items: readonly PlanItem[]): PlanItem[] {
  return items.flatMap((item) => [item, ...flat(item.items)])
}

function idsOf(items: readonly PlanItem[]): number[] {
  return flat(items).map((item) => item.id)
}
