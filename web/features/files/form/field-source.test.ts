import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../help/read-config.ts'
import { setFieldSource, sourceOf } from './field-source.ts'

const text = `defaults: &d
  at_tokens: 5000
compaction: *d # shared
# Rules
model_routing: # cheap first
- model: &small haiku # the small one
  # by length
  when: {shorter_than: 500}
# Answers
answer_schema: {type: object} # anything
category_routing:
  # who
  incident: [owner] # at once

  # daily: [admin]
tier: 3
`

function written(source: string, name: string, typed: string): string {
  const result = setFieldSource(source, name, typed)
  if ('fault' in result) throw new Error(result.fault)
  expect(result.source).toBe(sourceOf(readConfig(result.text), name))
  return result.text
}

describe('a structure in the form', () => {
  test('is shown as it is written, with its comments', () => {
    const config = readConfig(text)
    expect(sourceOf(config, 'category_routing')).toBe('# who\nincident: [owner] # at once\n\n# daily: [admin]')
    expect(sourceOf(config, 'model_routing')).toBe(
      '- model: &small haiku # the small one\n  # by length\n  when: {shorter_than: 500}',
    )
    expect(sourceOf(config, 'answer_schema')).toBe('{type: object}')
    expect(sourceOf(config, 'workspace_access')).toBe('')
  })

  test('is written back with its comments', () => {
    const typed = '# who\nincident: [owner, admin] # at once\n\n# daily: [admin]\n'
    expect(written(text, 'category_routing', typed)).toBe(text.replace('[owner]', '[owner, admin]'))
    const rules = '- model: &small haiku # the small one\n  when: {shorter_than: 600}'
    expect(written(text, 'model_routing', rules)).toBe(
      text.replace('  # by length\n', '').replace('shorter_than: 500', 'shorter_than: 600'),
    )
    expect(written(text, 'answer_schema', '{type: string}')).toBe(text.replace('type: object', 'type: string'))
    expect(written(text, 'answer_schema', 'type: string # words')).toBe(
      text.replace('answer_schema: {type: object} # anything', 'answer_schema: # anything\n  type: string # words'),
    )
  })

  test('that is an alias shows what it stands for, and edited becomes a value of its own', () => {
    expect(sourceOf(readConfig(text), 'compaction')).toBe('at_tokens: 5000')
    expect(written(text, 'compaction', 'at_tokens: 6000')).toBe(
      text.replace('compaction: *d # shared\n', 'compaction: # shared\n  at_tokens: 6000\n'),
    )
  })

  test('may repeat what stands elsewhere, and takes no anchor from those that repeat it', () => {
    expect(written(text, 'workspace_access', '- workspace: *small')).toBe(
      `${text}workspace_access:\n  - workspace: *small\n`,
    )
    expect(setFieldSource(text, 'workspace_access', '- *nobody')).toEqual({
      fault: 'There is no anchor &nobody above this alias.',
    })
    const shared = `${text}model: *small\n`
    expect(readConfig(written(shared, 'model_routing', '')).value.model).toBe('haiku')
  })

  test('that is emptied keeps its line, and its comments where they are left', () => {
    expect(written(text, 'answer_schema', '')).toBe(text.replace('{type: object}', ''))
    const commented = written(text, 'category_routing', '# incident: [owner]')
    expect(commented).toContain('category_routing:\n  # incident: [owner]\ntier: 3')
    expect(sourceOf(readConfig(commented), 'category_routing')).toBe('# incident: [owner]')
    expect(readConfig(commented).problems).toEqual([])
  })

  test('in one line of braces is written too', () => {
    expect(readConfig(written('{tier: 2, compaction: {at_tokens: 1}}', 'compaction', 'at_tokens: 2')).value).toEqual({
      tier: 2,
      compaction: { at_tokens: 2 },
    })
    expect(readConfig(written('{tier: 2}', 'workspace_access', 'none')).value.workspace_access).toBe('none')
  })

  test('leaves a byte order mark where it is', () => {
    expect(written('\ufefftier: 2\n', 'compaction', 'at_tokens: 2')).toBe(
      '\ufefftier: 2\ncompaction:\n  at_tokens: 2\n',
    )
    const first = '\ufeffcompaction:\n  at_tokens: 2 # few\ntier: 2\n'
    expect(written(first, 'compaction', 'at_tokens: 3 # few')).toBe(first.replace('2 # few', '3 # few'))
  })

  test.each(['a: [', '}', '{a: 1}\ntier: 5\n--- x', 'a: 1\na: 2'])('that is no YAML is not written: %j', (typed) => {
    expect(setFieldSource(text, 'compaction', typed)).toHaveProperty('fault')
  })
})

const line = fc
  .tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom('a: 1', '- b', '# c', '', 'd:', '{e: 1,', 'f}', '"g', '- h: 2 # i', 'j: |', '...', 'tier: 4', '#'),
  )
  .map(([indent, words]) => (words === '' ? '' : ' '.repeat(indent) + words))

test('whatever is typed into a structure: it is written as it reads with all its comments, or not at all', () => {
  const fields = ['compaction', 'model_routing', 'answer_schema', 'category_routing', 'workspace_access']
  fc.assert(
    fc.property(
      fc.constantFrom('', '\ufeff'),
      fc.constantFrom(...fields),
      fc.array(fc.array(line, { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
      (mark, name, typings) => {
        let edited = mark + text
        for (const lines of typings) {
          const result = setFieldSource(edited, name, lines.join('\n'))
          if ('fault' in result) continue
          edited = result.text
          const read = readConfig(edited)
          expect(read.faults).toEqual([])
          expect(JSON.stringify(read.value[name] ?? null)).toBe(
            JSON.stringify(readConfig(`x:\n${lines.map((one) => `  ${one}`).join('\n')}`).value.x ?? null),
          )
          // What is shown now and typed again changes nothing more.
          expect(written(edited, name, result.source)).toBe(edited)
          expect(result.source.match(/#/g)?.length).toBe(lines.join('\n').match(/#/g)?.length)
        }
        expect(edited.lastIndexOf('\ufeff')).toBe(mark.length - 1)
        for (const kept of ['defaults: &d\n  at_tokens: 5000\n', '# Rules\n', '# Answers\n', 'tier: 3\n']) {
          expect(edited).toContain(kept)
        }
      },
    ),
    { numRuns: 100 },
  )
})
