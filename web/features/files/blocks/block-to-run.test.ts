import { expect, test } from 'vitest'
import { blockToRun, linesToRun } from './block-to-run.ts'

const knows = (language: string) => language === 'ts'
const text = 'words\n```ts\nlet x = 1\n```\n```sql\nselect 1\n```\n```\nplain\n```\n```ts\n\n```'

test('the code around a line is what is opened, from its fences too', () => {
  for (const line of [2, 3, 4]) {
    expect(blockToRun({ text, line }, knows)).toEqual({ kind: 'found', language: 'ts', text: 'let x = 1' })
  }
})

test('where nothing can be opened it is said why, and what to do', () => {
  const why = (line: number) => {
    const found = blockToRun({ text, line }, knows)
    return found.kind === 'refused' ? found.title : found.text
  }
  expect(why(1)).toBe('The cursor is in no code block')
  expect(why(6)).toBe('Run does not know sql')
  expect(why(9)).toBe('This code block names no language')
  expect(why(12)).toBe('This code block is empty')
})

test('only code that can be opened has a button, at its first line', () => {
  expect(linesToRun(text, knows)).toEqual([2])
})
