import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../kernel/yaml.ts'
import { editConfig, hasField } from './edit-config.ts'

const text = `# Who this is
name: Ana   # short
role: "Research: reads"
tools:
- search   # not indented, and that stays
- read

model: rehearsal
`

const dataIn = (edited: string) => {
  const parsed = parseYaml(edited)
  return parsed.ok ? parsed.value : parsed.problems
}

describe('editing a config', () => {
  test('touches the one value and nothing else', () => {
    expect(editConfig(text, { role: 'Writes', model: 'anthropic:claude-sonnet-4-5' })).toBe(
      text.replace('"Research: reads"', 'Writes').replace('rehearsal', 'anthropic:claude-sonnet-4-5'),
    )
  })

  test('adds what is not there', () => {
    expect(dataIn(editConfig('model: rehearsal # free\n', { role: 'Reads' }))).toEqual({
      model: 'rehearsal',
      role: 'Reads',
    })
    expect(editConfig('# still empty\n', { role: 'Reads' })).toBe('# still empty\n\nrole: Reads\n')
  })

  test.each([
    'true',
    '123',
    'a: b',
    'x # y',
    '- dash',
    '"quoted"',
    "it's",
    '',
    '{}',
    '*a',
    '!tag',
    '<script>alert(1)</script>',
    '👩‍🚀 עברית',
    'two\nlines',
    ' '.repeat(3),
    `${'long '.repeat(60)}end`,
    '---',
    'null',
  ])('keeps %j as the text it is', (value) => {
    expect(dataIn(editConfig(text, { role: value }))).toMatchObject({ name: 'Ana', role: value, model: 'rehearsal' })
    expect(dataIn(editConfig('{ role: x, model: m }', { role: value }))).toEqual({ role: value, model: 'm' })
  })

  test.each(['role: |\n  block\n  text\nmodel: m\n', 'role: &r old\nmodel: m\n', 'role:\nmodel: m\n'])(
    'also replaces what does not stand on one line: %j',
    (before) => {
      expect(dataIn(editConfig(before, { role: 'New' }))).toEqual({ role: 'New', model: 'm' })
    },
  )

  test('a config that is broken is not touched, and the line is named', () => {
    expect(() => editConfig('a: [', { role: 'x' })).toThrow(/line 1/)
  })

  test('knows which fields stand in the text', () => {
    expect([hasField(text, 'name'), hasField(text, 'tier'), hasField('', 'name')]).toEqual([true, false, false])
  })
})
