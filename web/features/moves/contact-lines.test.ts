import { describe, expect, it } from 'vitest'
import { MovePreview } from '#shared/moves/contract.ts'
import { contactLines } from './contact-lines.ts'
import { consequences, listNames } from './words.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const contact = (last: number, name: string, relation: string) => ({ workspaceId: uuid(last), name, relation })

const preview = MovePreview.parse({
  movesAlong: ['Tester'],
  runningDelegations: 2,
  budgets: [],
  memory: [],
  tools: [],
  answers: [],
  reach: [],
  files: [],
  contacts: [
    { workspaceId: uuid(2), name: 'Analyst', gains: [contact(1, 'Engineer', 'sibling')], loses: [] },
    {
      workspaceId: uuid(1),
      name: 'Engineer',
      gains: [contact(2, 'Analyst', 'sibling'), contact(3, 'Archivist', 'sibling'), contact(4, 'Researcher', 'parent')],
      loses: [contact(5, 'Lead', 'two steps away')],
    },
  ],
})

describe('the difference a move makes', () => {
  it('tells each pair once, from the side of what is moved', () => {
    expect(contactLines(preview, [uuid(1)])).toEqual([
      { sign: '+', name: 'Engineer', others: ['Analyst', 'Archivist'], relation: 'now siblings' },
      { sign: '+', name: 'Engineer', others: ['Researcher'], relation: 'now its parent' },
      { sign: '−', name: 'Engineer', others: ['Lead'], relation: 'two steps away' },
    ])
  })

  it('says who moves along and what keeps running', () => {
    expect(consequences(preview)).toBe(
      'Tester moves along. Two delegations keep running; they finish under the old rules.',
    )
    expect(consequences({ ...preview, movesAlong: ['A', 'B'], runningDelegations: 1 })).toBe(
      'A and B move along. One delegation keeps running; it finishes under the old rules.',
    )
    expect(consequences({ ...preview, movesAlong: [], runningDelegations: 0 })).toBe('')
  })

  it('shortens long lists of names', () => {
    expect(listNames(['A', 'B', 'C', 'D', 'E', 'F'])).toBe('A, B, C and 3 more')
  })
})
