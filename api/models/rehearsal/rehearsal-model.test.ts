import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { rehearsalModel } from './rehearsal-model.ts'
import type { RehearsalOptions } from './scene.ts'

const report = (name: string, last: string) => ({
  id: WorkspaceId.parse(`01890000-0000-7000-8000-00000000000${last}`),
  name,
  role: 'Finds things. Writes them down.',
  relation: 'child' as const,
})

test('without a script or reports it says so, and what a real model would be asked', async () => {
  const { content, finishReason, usage } = await rehearsalModel.doGenerate(callOf('Sing', { peers: [], parts: [] }))
  expect(content).toEqual([
    { type: 'text', text: expect.stringMatching(/rehearsal model and have no script.*asked: "Sing"/) },
  ])
  expect(finishReason.unified).toBe('stop')
  expect(usage.outputTokens.total).toBeGreaterThan(0)
})

test('the same prompt gives the same answer, streamed or not', async () => {
  const call = callOf('Plan', { peers: [report('Ann', '1'), report('Bob', '2')], parts: [] })
  const first = await rehearsalModel.doGenerate(call)
  expect(await rehearsalModel.doGenerate(call)).toEqual(first)
  const { stream } = await rehearsalModel.doStream(call)
  const parts: LanguageModelV4StreamPart[] = []
  for await (const part of stream) parts.push(part)
  const text = parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : [])).join('')
  expect(first.content[0]).toEqual({ type: 'text', text })
  const calls = first.content.filter((part) => part.type === 'tool-call')
  expect(parts.filter((part) => part.type === 'tool-call')).toEqual(calls)
  expect(calls.map((one) => JSON.parse(one.input).workspace)).toEqual(['Ann', 'Bob'])
})

test('a slow answer ends at once when it is aborted', async () => {
  const abort = new AbortController()
  const slow = rehearsalModel.doGenerate({
    ...callOf('Wait [rehearse: slow 60000]', { peers: [], parts: [] }),
    abortSignal: abort.signal,
  })
  abort.abort()
  await expect(slow).rejects.toMatchObject({ name: 'AbortError' })
})

test('placeholders are filled literally and never read again', async () => {
  const parts = [
    { workspace: 'Lead', when: { always: true as const }, turns: [{ answer: 'Asked: {task} {constructor}' }] },
  ]
  const { content } = await rehearsalModel.doGenerate(callOf('say {results} $& {{1+1}}', { peers: [], parts }))
  expect(content).toEqual([{ type: 'text', text: 'Asked: say {results} $& {{1+1}} {constructor}' }])
})

function callOf(task: string, rehearsal: RehearsalOptions): LanguageModelV4CallOptions {
  return {
    prompt: [
      { role: 'system', content: 'You are Lead.' },
      { role: 'user', content: [{ type: 'text', text: task }] },
    ],
    tools: [{ type: 'function', name: 'delegate_task', inputSchema: {} }],
    providerOptions: { rehearsal },
  }
}
