import { expect, test } from 'vitest'
import type { ToolCall } from '#shared/delegations/journal.ts'
import { presentStep } from './present.ts'

/** A step of a model that has answered this. */
function answered(text: string, calls: ToolCall[] = []) {
  return presentStep({
    step: 1,
    kind: 'model',
    state: 'done',
    name: 'openai:gpt-4o',
    attempt: 1,
    childId: null,
    input: null,
    output: { text, calls, finish: 'stop' },
    error: null,
    startedAt: null,
    finishedAt: null,
    inputTokens: 1,
    outputTokens: 1,
    cost: 0,
    isRehearsal: false,
  }).summary
}

test.each([
  ['**At six.**', 'At six.'],
  ['```npm start```', 'npm start'],
  ['---', '---'],
  [' ***\n', '***'],
  [' \n', 'An empty answer.'],
])('a step of a model says what it answered: %j', (text, summary) => {
  expect(answered(text)).toBe(summary)
})

test('a model that says nothing and calls tools is told by its calls', () => {
  expect(answered('', [{ id: 'c', name: 'read_file', args: '{}' }])).toBe('Calls read_file.')
})
