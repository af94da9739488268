import { expect, test } from 'vitest'
import { defaultLimits } from '#sandbox/sandbox.ts'
import { type Program, snippet } from '../program.ts'
import type { EndedRun } from '../runner.ts'
import { taskOf } from './task-of.ts'

const program: Program = {
  ...snippet('python', 'print(open("a.txt").read())\n'),
  ...{ path: 'report.py', stdin: 'in', files: { 'report.py': 'print(1)', 'a.txt': 'A' } },
}
const failed = { kind: 'failed', phase: 'run', error: { name: 'KeyError', message: 'x', stack: '', at: null } } as const
const run: EndedRun = {
  ...{ program, backend: 'frame-worker', limits: defaultLimits, written: [], removed: [] },
  output: [{ stream: 'stdout', text: 'half way\n' }],
  result: { ...failed, durationMs: 12 },
}

test('a program is given whole: code, how it came out, what it reads, its files, each once', () => {
  const task = taskOf(program, run, 20_000)
  expect(task).toContain('report.py:\n```python\nprint(open("a.txt").read())\n```')
  expect(task).toContain('When I ran it in frame-worker: Failed after 12 ms.\nKeyError: x')
  expect(task).toContain('It printed:\n```\nhalf way\n```')
  expect(task).toContain('standard input:\n```\nin\n```')
  expect(task).toContain('File a.txt:\n```\nA\n```')
  expect(task).not.toContain('File report.py')
})

test('what was not run says nothing of a result', () => {
  expect(taskOf(program, null, 20_000)).not.toContain('When I ran it')
})

test('what has no room is named, and the task stays within it', () => {
  const files = { 'big.csv': 'x'.repeat(30_000), 'small.txt': 'S' }
  const task = taskOf({ ...program, files }, run, 2_000)
  expect(task.length).toBeLessThanOrEqual(2_000)
  expect(task).toContain('Not given here, for want of room: big.csv.')
  expect(task).toContain('File small.txt')
})

test('of a long output the end is given, and how much is missing', () => {
  const long = { ...run, output: [{ stream: 'stdout' as const, text: `${'a'.repeat(9_000)}END` }] }
  const task = taskOf({ ...program, files: {} }, long, 20_000)
  expect(task).toContain('… 3003 characters left out …')
  expect(task).toContain('END')
})

test('a fence in the code does not end its own', () => {
  const task = taskOf({ ...program, code: 'print("```")' }, null, 20_000)
  expect(task).toContain('````python\nprint("```")\n````')
})
