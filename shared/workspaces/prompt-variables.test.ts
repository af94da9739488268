import { expect, test } from 'vitest'
import { fillPrompt, findVariables, promptVariables } from './prompt-variables.ts'

const values = { name: 'Lead', role: 'Plans', requester: 'Ada', peers: ['Writer', 'Analyst'] }

test('a prompt says who the agent is and with whom it works', () => {
  expect(fillPrompt('You are {{name}} ({{ role }}), for {{requester}}. Ask {{peers}}.', values)).toBe(
    'You are Lead (Plans), for Ada. Ask Writer, Analyst.',
  )
})

test('a value that looks like a variable is not filled in again', () => {
  expect(fillPrompt('{{name}}', { ...values, name: '{{role}}' })).toBe('{{role}}')
})

test.each(['{{unknown}}', '{{ constructor }}', '{name}', '{{na me}}', '{{\nname}}'])('%j stays as it is', (text) => {
  expect(fillPrompt(text, values)).toBe(text)
})

test('each variable of the list is filled in, and found where it stands', () => {
  for (const { name } of promptVariables) expect(fillPrompt(`{{${name}}}`, values)).not.toContain('{{')
  expect(findVariables('a {{name}} b {{x}}')).toEqual([
    { name: 'name', start: 2, end: 10 },
    { name: 'x', start: 13, end: 18 },
  ])
})
