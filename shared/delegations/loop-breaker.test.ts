import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import {
  allowanceKey,
  type EarlierTask,
  judgeNewDelegation,
  type LineEntry,
  loopLimits,
  type NewDelegationFacts,
} from './loop-breaker.ts'
import { compareTasks } from './loop-breaker-likeness.ts'

const idAt = (place: number) => WorkspaceId.parse(`00000000-0000-4000-8000-${String(place).padStart(12, '0')}`)
const party = (name: string, place: number) => ({ id: idAt(place), name })
const lead = party('Lead', 1)
const writer = party('Writer', 2)
const editor = party('Editor', 3)

/** So many by the chain, to so many workspaces, and so many by the delegation that asks. */
function gave(count: number, to = 2, byAsker = 0): NewDelegationFacts['created'] {
  return { lately: count, latelyTo: to, inAll: count, inAllTo: to, byAsker }
}

function asks(given: Partial<NewDelegationFacts> = {}): NewDelegationFacts {
  const created = gave(1)
  return {
    from: writer,
    to: editor,
    task: 'Check the draft',
    depth: 1,
    line: [],
    onEdge: [],
    oftenOnEdge: 0,
    created,
    ...given,
  }
}

const done = (task: string, answer: string): EarlierTask => ({ task, state: 'completed', answer })
const failed = (task: string): EarlierTask => ({ task, state: 'failed', answer: null })
const alive = (task: string): EarlierTask => ({ task, state: 'running', answer: null })
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)

function inLine(to: { id: WorkspaceId }, from: { id: WorkspaceId } | null, task: string): LineEntry {
  return { workspaceId: to.id, fromWorkspaceId: from?.id ?? null, task, state: 'waiting' }
}

const honest: [string, Partial<NewDelegationFacts>][] = [
  ['a first question', {}],
  [
    'a second round of review with new words',
    { onEdge: [done('Check the draft', 'Shorten it'), done('Again', 'Good')] },
  ],
  ['the same question three times', { onEdge: times(2, done('Check the draft', 'Fine')) }],
  [
    'five rounds of the same question with new answers each time',
    { onEdge: ['a', 'b', 'c', 'd'].map((answer) => done('Check the draft', answer)) },
  ],
  ['four retries after failures', { onEdge: times(4, failed('Check the draft')) }],
  [
    'twenty chapters to one translator at once',
    {
      task: 'Translate chapter 20',
      onEdge: Array.from({ length: 19 }, (_, at) => alive(`Translate chapter ${at + 1}`)),
    },
  ],
  [
    'twenty chapters, each with an answer of its own',
    {
      task: 'Translate chapter 20',
      onEdge: Array.from({ length: 19 }, (_, at) => done(`Translate chapter ${at + 1}`, `answer ${at}`)),
    },
  ],
  ['a lead that asks its twentieth report the same', { created: gave(20, 20, 19) }],
  ['twenty reports that ask three others each', { depth: 2, created: gave(80, 80, 2) }],
  [
    'a question back to who gave the work',
    { from: editor, to: writer, task: 'Which style do you mean?', line: [inLine(editor, writer, 'Check the draft')] },
  ],
  [
    'a second round between the same two',
    {
      task: 'Check the second draft',
      line: [
        inLine(writer, editor, 'Mend it'),
        inLine(editor, writer, 'Check the draft'),
        inLine(writer, lead, 'Write'),
      ],
    },
  ],
  ['the same every minute by a schedule', { oftenOnEdge: 10 }],
  ['a task that goes through an organisation of a thousand', { depth: 3, created: gave(500, 500, 9) }],
  ['a long line of hands', { depth: 12 }],
]

test.each(honest)('%s is left alone', (_, given) => {
  expect(judgeNewDelegation(asks(given))).toBeUndefined()
})

const loops: [string, string, string, Partial<NewDelegationFacts>][] = [
  [
    'the same question with the same answer',
    'same-task',
    'Writer asked Editor for the same thing 4 times and got the same answer.',
    { onEdge: times(3, done('check the draft!', 'Fine')) },
  ],
  [
    'the same question before any answer',
    'same-task',
    'Writer asked Editor for the same thing 4 times without waiting for an answer.',
    { onEdge: times(3, alive('Check the draft')) },
  ],
  [
    'a question that fails for ever',
    'same-task',
    'Writer asked Editor for the same thing 6 times; it failed each time.',
    { onEdge: times(5, failed('Check the draft')) },
  ],
  [
    'a question that only its number tells apart, with one answer',
    'same-task',
    'Writer asked Editor for almost the same thing 6 times and got the same answer.',
    { task: 'Try 6', onEdge: [1, 2, 3, 4, 5].map((number) => done(`Try ${number}`, 'No')) },
  ],
  [
    'a task that comes back to who has it open',
    'ping-pong',
    'Writer gave a task away and Editor gives it back: each waits for the other.',
    {
      from: editor,
      to: writer,
      task: 'Write it',
      line: [inLine(editor, writer, 'Write it'), inLine(writer, null, 'Write it')],
    },
  ],
  [
    'work handed to and fro',
    'ping-pong',
    'Writer and Editor hand the work to and fro: Writer gave it to Editor 3 times within one line of work.',
    {
      task: 'third',
      line: [
        inLine(writer, editor, 'x'),
        inLine(editor, writer, 'second'),
        inLine(writer, editor, 'y'),
        inLine(editor, writer, 'first'),
      ],
    },
  ],
  [
    'ended work that starts itself again',
    'self-wake',
    'Work of Editor started Editor again with the same task, 3 times in a row.',
    {
      from: null,
      task: 'Look again 3',
      line: [
        { ...inLine(editor, null, 'Look again 2'), state: 'completed' },
        { ...inLine(editor, null, 'Look again 1'), state: 'completed' },
      ],
    },
  ],
  [
    'the same over many chains',
    'often',
    'Writer asked Editor for the same thing 30 times within 10 minutes.',
    { oftenOnEdge: 29 },
  ],
  ['too many hands', 'depth', 'This work went through 13 hands, one after the other.', { depth: 13 }],
  [
    'one that hands out for ever',
    'fan-out',
    'One piece of work of Writer handed out 60 others and wants to hand out more.',
    { created: gave(60, 2, 60) },
  ],
  [
    'a storm',
    'storm',
    'This work created 100 delegations within 10 seconds and wants to create more.',
    { created: gave(100, 20, 3) },
  ],
  [
    'a slow flood',
    'storm-in-all',
    'This work created 500 delegations in all and wants to create more.',
    { created: { ...gave(500, 20, 3), lately: 1 } },
  ],
]

test.each(loops)('%s trips %s and says what repeated', (_, rule, sentence, given) => {
  expect(judgeNewDelegation(asks(given))).toMatchObject({ rule, sentence })
})

test('what a person allowed for good does not trip again, other rules still do', () => {
  const repeated = asks({ onEdge: times(3, done('Check the draft', 'Fine')) })
  const verdict = judgeNewDelegation(repeated)
  if (!verdict) throw new Error('it should have tripped')
  const allowed = new Set([allowanceKey(verdict)])
  expect(judgeNewDelegation(repeated, allowed)).toBeUndefined()
  expect(judgeNewDelegation({ ...repeated, depth: 13 }, allowed)).toMatchObject({ rule: 'depth' })
})

test('whatever one delegation does, it cannot create more than the limits let it', () => {
  const storm = fc.record({ gapMs: fc.integer({ min: 0, max: 50 }), task: fc.constantFrom('a', 'b', 'c', 'd e f') })
  fc.assert(
    fc.property(fc.array(storm, { minLength: 200, maxLength: 200 }), (asked) => {
      const made: { at: number; task: string }[] = []
      let now = 0
      for (const { gapMs, task } of asked) {
        now += gapMs
        const lately = made.filter((one) => one.at > now - loopLimits.stormWindowMs).length
        const created = { ...gave(made.length, 1, made.length), lately }
        const facts = asks({ task, created, onEdge: made.map((one) => alive(one.task)) })
        if (judgeNewDelegation(facts)) break
        made.push({ at: now, task })
      }
      expect(made.length).toBeLessThan(4 * loopLimits.sameTask)
    }),
  )
})

test('different work to different peers never trips within the limits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: loopLimits.fanOut - 1 }), fc.integer({ min: 0, max: 8 }), (given, depth) => {
      const created = gave(given, given, given)
      const line = Array.from({ length: depth }, (_, at) =>
        inLine(party('x', 10 + at), party('y', 11 + at), `part ${at}`),
      )
      expect(judgeNewDelegation(asks({ depth, line, created }))).toBeUndefined()
    }),
  )
})

test('how alike two tasks are does not depend on their order', () => {
  const task = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('review', 'the', 'draft', '7', '8'), { maxLength: 14 }).map((words) => words.join(' ')),
  )
  fc.assert(
    fc.property(task, task, (one, other) => {
      expect(compareTasks(one, other)).toBe(compareTasks(other, one))
      expect(compareTasks(one, `  ${one} `)).toBe('same')
    }),
  )
})

test('numbers make another task, but only almost', () => {
  expect(compareTasks('Chapter 1.', 'chapter 1')).toBe('same')
  expect(compareTasks('Chapter 1', 'Chapter 2')).toBe('almost')
  expect(compareTasks('Fix a1b2c3', 'Fix 99ff00')).toBe('almost')
  expect(compareTasks('Write about tides', 'Write about winds')).toBe('other')
})
