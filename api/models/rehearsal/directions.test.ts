import type { LanguageModelV4Content } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { follow, readInstructions } from './instructions.ts'
import { rehearsalModel } from './rehearsal-model.ts'

const peers = [
  { id: WorkspaceId.parse('01890000-0000-7000-8000-000000000001'), name: 'Ann', role: '', relation: 'child' as const },
]

test('a prompt’s simple words change the answer', async () => {
  const text = 'First. Second! Third.\n\n- A: one. two.'
  const after = (prompt: string) => follow(readInstructions(prompt), text)
  expect(after('Be kind.')).toBe(text)
  expect(after('Answer in at most one sentence.')).toBe('First.')
  expect(after('Use no more than 2 sentences, please.')).toBe('First. Second!')
  expect(after('At most 2 words.')).toBe('First. Second!…')
  expect(after('Answer as a list.')).toBe('- First.\n- Second!\n- Third.\n- A: one. two.')
  expect(after('In one sentence, in capitals. End with: Over.')).toBe('FIRST.\n\nOVER.')
  expect(after('Start every answer with "Ahoy". End with a summary.')).toBe(`Ahoy\n\n${text}`)
})

test('only the prompt is followed, not the words the engine adds', async () => {
  const said = await ask('Sing', 'Sing well.\n\nYou are Bob: answers in at most 1 word. The work comes from Eve.')
  expect(said.text).toContain('I am the rehearsal model')
  expect((await ask('Sing', 'At most 2 words.\n\nYou are Bob. The work comes from Eve.')).text).toBe('I am…')
})

test('a task may direct calls and the answer', async () => {
  const { calls } = await ask('Go [rehearse: call note {"tags": ["a", "b"], "text": "x"}] [rehearse: answer Done]')
  expect(calls).toEqual([{ name: 'note', args: { tags: ['a', 'b'], text: 'x' } }])
  expect((await ask('Go [rehearse: answer All well]')).text).toBe('All well')
})

test('told tokens are reported up to the limit of the call', async () => {
  expect((await ask('Burn [rehearse: tokens 900]')).tokens).toBe(900)
  expect((await ask('Burn [rehearse: tokens 90000]')).tokens).toBe(1_000)
})

test('a ping-pong comes back to whoever began it', async () => {
  const { calls } = await ask('Think [rehearse: pingpong Ann]')
  expect(calls).toEqual([{ name: 'delegate_task', args: { workspace: 'Ann', task: 'Think [rehearse: pingpong Bob]' } }])
})

test('a storm starts many different delegations', async () => {
  const { calls } = await ask('Think [rehearse: storm 3]')
  expect(calls.map((one) => one.name)).toEqual(Array(3).fill('delegate_task_async'))
  expect(new Set(calls.map((one) => one.args.task)).size).toBe(3)
})

async function ask(task: string, system = 'Work.\n\nYou are Bob. The work comes from Eve.') {
  const { content, usage } = await rehearsalModel.doGenerate({
    prompt: [
      { role: 'system', content: system },
      { role: 'user', content: [{ type: 'text', text: task }] },
    ],
    maxOutputTokens: 1_000,
    providerOptions: { rehearsal: { peers, parts: [] } },
  })
  return { text: textOf(content), calls: callsOf(content), tokens: usage.outputTokens.total }
}

function textOf(content: LanguageModelV4Content[]): string {
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
}

function callsOf(content: LanguageModelV4Content[]) {
  return content.flatMap((part) =>
    part.type === 'tool-call' ? [{ name: part.toolName, args: JSON.parse(part.input) }] : [],
  )
}
