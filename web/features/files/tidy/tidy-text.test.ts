import { expect, test } from 'vitest'
import { tidyText } from './tidy-text.ts'

test('Markdown: lists and blank lines, never a word', async () => {
  const text = '# Lead\n* one\n*   two {{name}}\n\n\n\nAsk `run_code`,  please.'
  expect(await tidyText(text, 'markdown')).toBe('# Lead\n\n- one\n- two {{name}}\n\nAsk `run_code`, please.\n')
})

test('YAML: comments and order survive', async () => {
  const text = '# Who\nrole:   Reads   # all\n\n\n\ntools:   # some\n    - b\n    - a # first\n'
  expect(await tidyText(text, 'yaml')).toBe('# Who\nrole: Reads # all\n\ntools: # some\n  - b\n  - a # first\n')
})

test('JSON: every number and every name as it was', async () => {
  expect(await tidyText('{"b":1,"a":[1.0,2]}', 'json')).toBe('{ "b": 1, "a": [1.0, 2] }\n')
})

test.each([
  ['role: [', 'yaml'],
  ['{"a":', 'json'],
  ['const  a = 1', 'typescript'],
  ['  \n', 'markdown'],
] as const)('%j of %s is left as it is', async (text, language) => {
  expect(await tidyText(text, language)).toBe(text)
})
