import { expect, test } from 'vitest'
import { splitAtLinks } from './word-links.ts'

const run = () => undefined
const secrets = { words: 'Settings, Secrets', run }
const tools = { words: 'Settings, Tools', run }

test('each place that a text names leads there, the other words stay', () => {
  expect(splitAtLinks('Add it in Settings, Secrets, then in Settings, Tools.', [tools, secrets])).toEqual([
    'Add it in ',
    secrets,
    ', then in ',
    tools,
    '.',
  ])
  expect(splitAtLinks('Settings, Tools', [tools])).toEqual([tools])
})

test('a text that names no place, or none that can be reached, is left as it is', () => {
  expect(splitAtLinks('Try again.', [tools])).toEqual(['Try again.'])
  expect(splitAtLinks('Add it in Settings, Secrets.', [])).toEqual(['Add it in Settings, Secrets.'])
  expect(splitAtLinks('', [tools])).toEqual([])
})
