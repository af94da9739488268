import { expect, test } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { snippet } from './program.ts'
import { createRunner, pageRunner, type RunnerState, stateIn } from './runner.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const [here, there] = [OrgId.parse(uuid(1)), OrgId.parse(uuid(2))]

test('what a program of one org printed is not seen in another, only that it still runs', () => {
  const running: RunnerState = {
    ...pageRunner.getState(),
    orgId: here,
    progress: { phase: 'running', startedAt: 1 },
    output: [{ stream: 'stdout', text: 'ours' }],
  }
  expect(stateIn(here, running)).toBe(running)
  expect(stateIn(there, running)).toMatchObject({ progress: running.progress, output: [], lastRun: null, servers: [] })
  const result = { kind: 'unavailable', reason: 'none', durationMs: 1 } as const
  expect(stateIn(there, { ...running, progress: { phase: 'ended', result } }).progress).toEqual({ phase: 'idle' })
})

test('a sandbox that cannot be found says why, runs nothing and is looked for again', async () => {
  let looks = 0
  const runner = createRunner(async () => {
    looks++
    throw new Error('the settings did not come')
  })
  await runner.run(here, snippet('python', 'print(1)'))
  expect(runner.getState()).toMatchObject({
    progress: { phase: 'idle' },
    sandbox: { phase: 'unavailable', reason: 'the settings did not come' },
  })
  await runner.warm('python')
  expect(looks).toBe(2)
})
