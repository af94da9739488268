import type { ContactChange, MovePreview } from '#shared/moves/contract.ts'

/** One line of the difference: who gains or loses contact with whom, and as what. */
export type ContactLine = { sign: '+' | '−'; name: string; others: readonly string[]; relation: string }

/** Each pair once, told from the side of what is moved; those of one kind share a line. Gains come first. */
export function contactLines({ contacts }: MovePreview, movedIds: readonly string[]): ContactLine[] {
  const movedFirst = contacts.toSorted((a, b) => rank(b, movedIds) - rank(a, movedIds))
  const gains = linesOf(movedFirst, '+', (change) => change.gains)
  const losses = linesOf(movedFirst, '−', (change) => change.loses)
  return [...gains, ...losses]
}

function linesOf(
  changes: readonly ContactChange[],
  sign: ContactLine['sign'],
  pick: (change: ContactChange) => ContactChange['gains'],
): ContactLine[] {
  const told = new Set<string>()
  return changes.flatMap((change) => {
    const fresh = pick(change).filter((other) => !told.has(pair(change.workspaceId, other.workspaceId)))
    for (const other of fresh) told.add(pair(change.workspaceId, other.workspaceId))
    const groups = Map.groupBy(fresh, (other) => inWords(other.relation, sign, fresh.length))
    return [...groups].map(([relation, others]) => ({
      sign,
      name: change.name,
      others: others.map((other) => other.name),
      relation,
    }))
  })
}

function inWords(relation: string, sign: ContactLine['sign'], count: number): string {
  const word = relations[relation]
  if (!word) return relation
  const noun = count === 1 || relation === 'parent' ? word.one : word.many
  return sign === '+' ? `now ${noun}` : `no longer ${noun}`
}

const relations: Record<string, { one: string; many: string }> = {
  sibling: { one: 'siblings', many: 'siblings' },
  parent: { one: 'its parent', many: 'its parents' },
  child: { one: 'its report', many: 'its reports' },
  ancestor: { one: 'above it', many: 'above it' },
  descendant: { one: 'below it', many: 'below it' },
}

function rank(change: ContactChange, movedIds: readonly string[]): number {
  return movedIds.includes(change.workspaceId) ? 1 : 0
}

function pair(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
