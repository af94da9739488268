import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../help/read-config.ts'
import { type FieldValue, setConfigField } from './edit-yaml.ts'

const text = `# Who it is
role: Reads   # everything
# Which model
model: 'anthropic:claude-sonnet-4-5' # fast

tools: # what it may do
  # the first
  - run_code # with care
  - remember
# Not ours
owner:   {team:   x}
required_env:
  - OPENAI_API_KEY
  - any_of: [A_KEY, B_KEY] # one of both
tier: 3
`

describe('a field of the form', () => {
  test('changes its own line only', () => {
    expect(setConfigField(text, 'model', 'rehearsal')).toBe(text.replace("'anthropic:claude-sonnet-4-5'", 'rehearsal'))
    expect(setConfigField(text, 'tier', 5)).toBe(text.replace('tier: 3', 'tier: 5'))
    expect(setConfigField(text, 'role', 'Says: "no" # twice')).toBe(
      text.replace('role: Reads ', `role: 'Says: "no" # twice' `),
    )
  })

  test('that is new comes last', () => {
    expect(setConfigField(text, 'max_steps', 9)).toBe(`${text}max_steps: 9\n`)
    expect(setConfigField('role: x', 'tools', ['a'])).toBe('role: x\ntools:\n  - a\n')
    expect(setConfigField('', 'role', 'x')).toBe('role: x\n')
    expect(setConfigField('# only words\n', 'role', 'x')).toBe('# only words\nrole: x\n')
  })

  test('that is taken out leaves the comments around it', () => {
    expect(setConfigField(text, 'tier', undefined)).toBe(text.replace('tier: 3\n', ''))
    const without = setConfigField(text, 'tools', undefined)
    expect(without).toContain('# Not ours')
    expect(readConfig(without).value).not.toHaveProperty('tools')
    expect(setConfigField(text, 'nothing', undefined)).toBe(text)
  })

  test('with a list keeps the comments of the items that stay', () => {
    const more = setConfigField(text, 'tools', ['run_code', 'remember', 'list_peers'])
    expect(more).toBe(text.replace('  - remember\n', '  - remember\n  - list_peers\n'))
    const fewer = setConfigField(text, 'tools', ['run_code'])
    expect(fewer).toBe(text.replace('  - remember\n', ''))
    const keys = setConfigField(text, 'required_env', [{ any_of: ['A_KEY', 'B_KEY'] }])
    expect(keys).toContain('# one of both')
    expect(keys).not.toContain('OPENAI_API_KEY')
  })

  test('of many lines is written as a block and read back', () => {
    const written = setConfigField(text, 'description', 'One.\n\nTwo: "three".')
    expect(readConfig(written).value.description).toBe('One.\n\nTwo: "three".')
    const shorter = setConfigField(written, 'description', 'One.')
    expect(readConfig(shorter).value.description).toBe('One.')
  })

  test.each(['role: [', '- a list\n', 'a: b: c\n', '\trole: x'])('changes nothing in %j', (broken) => {
    expect(setConfigField(broken, 'role', 'x')).toBe(broken)
  })

  test('in one line of braces is changed too', () => {
    expect(readConfig(setConfigField('{role: x, tier: 2}\n', 'tier', 4)).value).toEqual({ role: 'x', tier: 4 })
  })
})

const names = ['role', 'model', 'tools', 'tier', 'required_env', 'description', 'skills', 'repeat_model_calls']
const word = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('# x', 'a: b', '- c', 'null', '1', '"', "'", ' y ', 'l1\nl2'),
)
const clean = word.filter((one) => one.isWellFormed() && !/[^\P{Cc}\n]|[\ufeff\u2028\u2029\ufffe\uffff]/u.test(one))
const value: fc.Arbitrary<FieldValue> = fc.oneof(
  clean,
  fc.integer(),
  fc.boolean(),
  fc.array(clean, { maxLength: 4 }),
  fc.constant(undefined),
)

test('whatever is set in whatever order: each field reads as it was set, every other stays, no comment is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 }), (edits) => {
      let edited = text
      let expected: Record<string, unknown> = { ...readConfig(text).value }
      for (const [name, set] of edits) {
        edited = setConfigField(edited, name, set)
        const { [name]: _former, ...rest } = expected
        expected = set === undefined ? rest : { ...rest, [name]: set }
      }
      const read = readConfig(edited)
      expect(read.faults).toEqual([])
      expect(read.value).toEqual(expected)
      for (const comment of ['# Who it is', '# Which model', '# Not ours', 'owner:   {team:   x}']) {
        expect(edited).toContain(comment)
      }
    }),
    { numRuns: 150 },
  )
})
