import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configFields, grantingLists } from '#shared/workspaces/config-fields.ts'
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

  test('that is emptied keeps its line and its comment, and is none to the server', () => {
    expect(setConfigField(text, 'tier', undefined)).toBe(text.replace('tier: 3', 'tier:'))
    const without = setConfigField(text, 'role', undefined)
    expect(without).toBe(text.replace('role: Reads ', 'role:  '))
    expect(setConfigField(without, 'role', 'Reads')).toBe(text)
    expect(setConfigField(text, 'nothing', undefined)).toBe(text)
    for (const { name } of configFields) {
      const emptied = setConfigField(setConfigField('# A\n', name, 'x'), name, undefined)
      expect(emptied).toBe(`# A\n${name}:\n`)
      const { problems } = readConfig(emptied)
      expect(problems.map(({ path }) => path)).toEqual(grantingLists.has(name) ? [[name]] : [])
    }
  })

  test('that is filled again stands where it stood', () => {
    const start = 'role: Reads # everything\nmodel: sonnet # fast\ntier: 3\n'
    const typings: FieldValue[] = ['Read', 'R', undefined, 'W', 'Writes']
    const typed = typings.reduce<string>((now, role) => setConfigField(now, 'role', role), start)
    expect(typed).toBe(start.replace('Reads', 'Writes'))
    const narrow = 'role: # nobody yet\ntier: 3\n'
    expect(setConfigField(narrow, 'role', 'x')).toBe(narrow.replace('role:', 'role: x'))
  })

  test('keeps the margin and the end of the document', () => {
    expect(setConfigField('  role: x\n  tier: 3\n...\n', 'tools', ['a'])).toBe(
      '  role: x\n  tier: 3\n  tools:\n    - a\n...\n',
    )
    expect(setConfigField('role: x # c\r\ntier: 3\r\n', 'tier', undefined)).toBe('role: x # c\r\ntier:\r\n')
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

  test('with a list keeps what is commented out, and comments beside items that stay', () => {
    const list = 'tools: # which\n  - a # one\n  # - b\n\n  # about c\n  - c\n  # last\ntier: 3\n'
    expect(setConfigField(list, 'tools', ['c'])).toBe(list.replace('  - a # one\n', ''))
    expect(setConfigField(list, 'tools', ['a', 'c', 'd'])).toBe(list.replace('  # last\n', '  # last\n  - d\n'))
    expect(setConfigField(list, 'tools', ['c', 'a'])).toBe(
      'tools: # which\n  # - b\n\n  # about c\n  - c\n  # last\n  - a # one\ntier: 3\n',
    )
    const none = setConfigField(list, 'tools', undefined)
    expect(none).toBe('tools: # which\n  # - b\n\n  # about c\n  # last\ntier: 3\n')
    expect(setConfigField(none, 'tools', ['x'])).toBe(none.replace('  # last\n', '  # last\n  - x\n'))
  })

  test('with a list in brackets keeps its form, and as lines its comments', () => {
    expect(setConfigField("tools: ['a', b] # two\n", 'tools', ['a', 'c,d'])).toBe('tools: [\'a\', "c,d"] # two\n')
    const lines = 'tools: [a, # one\n  # b,\n  c] # two\n'
    expect(setConfigField(lines, 'tools', ['a', 'd'])).toBe(lines.replace('c]', 'd]'))
    expect(setConfigField(lines, 'tools', ['a', 'c', 'd'])).toBe('tools: # two\n  - a # one\n  # b,\n  - c\n  - d\n')
  })

  test('with a list keeps the lines of items of which only the value is another', () => {
    const list = 'model: # which\n  - a # cheap\n  # then\n  -  "b"   # dear\ntier: 3\n'
    expect(setConfigField(list, 'model', ['ax', 'b'])).toBe(list.replace('- a', '- ax'))
    expect(setConfigField(list, 'model', ['', 'c: d'])).toBe(list.replace('- a', '- ""').replace('"b"', '"c: d"'))
    expect(setConfigField(list, 'model', ['b', 'b'])).toBe(list.replace('- a', '- b'))
    expect(setConfigField(setConfigField(list, 'model', ['b', 'b']), 'model', ['a', 'b'])).toBe(list)
    expect(setConfigField('model: [a, "b"] # two\n', 'model', ['a', 'x,'])).toBe('model: [a, "x,"] # two\n')
  })

  test('with a list of which one item is another and one is new or gone keeps what can be told again', () => {
    const list = 'model:\n  - haiku # cheap\n  - sonnet-4 # dear\n  - opus # last\n'
    expect(setConfigField(list, 'model', ['sonnet-45', 'opus'])).toBe('model:\n  - sonnet-45 # dear\n  - opus # last\n')
    expect(setConfigField(list, 'model', ['haiku', 'x', 'sonnet-45', 'opus'])).toBe(
      list.replace('  - sonnet-4', '  - x\n  - sonnet-45'),
    )
    expect(setConfigField(list, 'model', ['x', 'haiku', 'sonnet-4', 'opu'])).toBe(
      list.replace('  - haiku', '  - x\n  - haiku').replace('opus', 'opu'),
    )
    expect(setConfigField(list, 'model', ['x'])).toBe('model:\n  - x\n')
  })

  test('with a list whose items are written in another way keeps their comments too', () => {
    const list = 'model:\n  - &m a # one\n  - | # two\n    b\n  - # three\n  - *m # four\n  - !!int 5 # five\n  -\n'
    const values = ['a', 'b\n', 'c', 'a', '5', 'd']
    const named = setConfigField(list, 'model', values)
    expect(readConfig(named).value.model).toEqual(values)
    const plain = 'model:\n  - &m a # one\n  - | # two\n    b\n  - # three\n  -\nfallback_models: [*m]\n'
    expect(setConfigField(plain, 'model', ['ax', 'by', 'c', 'd'])).toBe(
      'model:\n  - &m ax # one\n  - by # two\n  - c # three\n  - d\nfallback_models: [*m]\n',
    )
  })

  test('leaves a byte order mark where it is', () => {
    const marked = `\ufeff${text.replace(/^.*\n/, '')}`
    expect(setConfigField(marked, 'max_steps', 9)).toBe(`${marked}max_steps: 9\n`)
    expect(setConfigField(marked, 'skills', ['a'])).toBe(`${marked}skills:\n  - a\n`)
    expect(setConfigField(marked, 'role', 'x')).toBe(marked.replace('Reads', 'x'))
    const list = '\ufefftools: # all\n  - a # one\ntier: 3\n'
    expect(setConfigField(list, 'tools', ['a', 'b'])).toBe(list.replace('# one\n', '# one\n  - b\n'))
    expect(setConfigField('\ufefftools: a\n', 'tools', ['a', 'b'])).toBe('\ufefftools:\n  - a\n  - b\n')
    expect(setConfigField('\ufeffrole: a\n  # more\n', 'role', 'b\nc')).toBe('\ufeffrole: |-\n  b\n  c\n# more\n')
    expect(setConfigField('\ufeff', 'role', 'x')).toBe('\ufeffrole: x\n')
    const braces = setConfigField('\ufeff{role: x}\n', 'tier', 2)
    expect(braces.lastIndexOf('\ufeff')).toBe(0)
  })

  test('that is an alias becomes a value of its own', () => {
    const shared = 'defaults: &d [a]\nname: &n Lead # who\nrole: *n # what\ntools: *d # which\n'
    expect(setConfigField(shared, 'role', 'x')).toBe(shared.replace('*n', 'x'))
    expect(setConfigField(shared, 'tools', ['a', 'b'])).toBe(
      shared.replace('tools: *d # which\n', 'tools: # which\n  - a\n  - b\n'),
    )
  })

  test('keeps its anchor for those that repeat it; when it is emptied they keep what they had', () => {
    const shared = 'model: &m x # first\nfallback_models: [*m, "q"]\n'
    expect(setConfigField(shared, 'model', 'y')).toBe(shared.replace('&m x', '&m y'))
    expect(setConfigField(shared, 'fallback_models', ['x', 'q', 'z'])).toBe(shared.replace('"q"]', '"q", z]'))
    const emptied = setConfigField(shared, 'model', undefined)
    expect(emptied).toBe('model: &m  # first\nfallback_models: ["x", "q"]\n')
    expect(readConfig(emptied).problems).toEqual([])
    expect(setConfigField(emptied, 'model', 'y')).toBe('model: &m y # first\nfallback_models: ["x", "q"]\n')
    const inner = 'tools: [a, &z z] # t\nskills: [*z]\n'
    expect(setConfigField(inner, 'tools', ['a'])).toBe('tools: [a] # t\nskills: ["z"]\n')
  })

  test('of many lines is written as a block and read back', () => {
    const written = setConfigField(text, 'description', 'One.\n\nTwo: "three".')
    expect(readConfig(written).value.description).toBe('One.\n\nTwo: "three".')
    const shorter = setConfigField(written, 'description', 'One.')
    expect(readConfig(shorter).value.description).toBe('One.')
  })

  test.each(['role: [', '- a list\n', 'a: b: c\n', '\trole: x', 'role: *nobody\n'])(
    'changes nothing in %j',
    (broken) => {
      expect(setConfigField(broken, 'role', 'x')).toBe(broken)
    },
  )

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

/** Each field with its own comments, as it stands in the text. */
const blocks: Readonly<Record<string, string>> = {
  role: '# Who it is\nrole: Reads   # everything\n  # and more\n',
  model: "# Which model\nmodel: 'anthropic:claude-sonnet-4-5' # fast\n",
  tools: '\ntools: # what it may do\n  # the first\n  - run_code # with care\n  # - write_file\n  - remember\n',
  owner: '# Not ours\nowner:   {team:   x}\n',
  required_env: 'required_env:\n- OPENAI_API_KEY\n- any_of: [A_KEY, B_KEY] # one of both\n',
  skills: 'skills: [a, # in brackets\n  # b,\n  c] # out of brackets\n',
  description: 'description: | # long\n  One.\n\n  Two.\n # under it\n',
  compaction: 'compaction: # when\n  # much\n  at_tokens: 9000 # tokens\n',
  tier: 'tier: 3',
}
const whole = Object.values(blocks).join('')
const mark = fc.constantFrom('', '\ufeff')
/** What follows a key, or stands above one. */
const keptWords =
  /# (Who it is|everything|and more|Which model|fast|what it|the first|- write|Not ours|b,|out of|long|under|when)/

test('whatever is set in whatever order: each field reads as it was set, every other stays as it stood, comments and order too', () => {
  const all = whole.split('\n').flatMap((line) => keptWords.exec(line)?.[0] ?? [])
  expect(all).toHaveLength(14)
  fc.assert(
    fc.property(mark, fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 }), (before, edits) => {
      const expected = new Map(Object.entries(readConfig(whole).value))
      let edited = before + whole
      for (const [name, set] of edits) {
        edited = setConfigField(edited, name, set)
        if (set !== undefined || expected.has(name)) expected.set(name, set ?? null)
      }
      const read = readConfig(edited)
      expect(edited.lastIndexOf('\ufeff')).toBe(before.length - 1)
      expect(read.faults).toEqual([])
      expect([...Object.entries(read.value)]).toEqual([...expected])
      for (const [name, block] of Object.entries(blocks)) {
        if (!edits.some(([touched]) => touched === name)) expect(edited).toContain(block)
      }
      for (const comment of all) expect(edited).toContain(comment)
    }),
    { numRuns: 150 },
  )
})

test('whatever is taken out of a list and added: the comments of those that stay, and what is commented out, stay', () => {
  const listed = ['run_code', 'remember']
  fc.assert(
    fc.property(fc.array(fc.subarray([...listed, 'new', 'x y'], { minLength: 0 }), { maxLength: 5 }), (steps) => {
      const edited = steps.reduce((now, tools) => setConfigField(now, 'tools', tools), whole)
      const last = steps.at(-1) ?? listed
      expect(readConfig(edited).value.tools).toEqual(last)
      expect(edited).toContain('# - write_file')
      expect(edited).toContain('# the first')
      if (steps.every((step) => step.includes('run_code'))) expect(edited).toContain('- run_code # with care')
    }),
  )
})

/** One letter more or less in one item: which of them, where in it, and the letter. */
const typing = fc.record({ item: fc.nat(), at: fc.nat(), letter: fc.constantFrom('a', 'b', ' ', '#', ':', '"', '') })

test('whatever is typed into the items of a list, letter by letter: nothing changes but their values', () => {
  const lists = [
    (written: string[]) => `${written.map((item, at) => `  - ${item} # the ${at}`).join('\n  # between\n')}\ntier: 3\n`,
    (written: string[]) => `  [${written.map((item, at) => `${item}, # the ${at}\n  `).join('')}] # all\ntier: 3\n`,
    (written: string[]) => ` [${written.join(', ')}] # all\n`,
  ]
  const before = fc.uniqueArray(fc.constantFrom('a', 'b', 'ab', 'ba'), { minLength: 1 })
  fc.assert(
    fc.property(
      mark,
      fc.constantFrom(...lists),
      before,
      fc.array(typing, { maxLength: 4 }),
      (bom, list, items, typings) => {
        const frame = (written: string[]) => `${bom}model:${list === lists[2] ? '' : '\n'}${list(written)}`
        const states: string[][] = [items]
        for (const { item, at, letter } of typings) {
          const now = [...(states.at(-1) ?? [])]
          const former = now[item % now.length] ?? ''
          const place = at % (former.length + 1)
          now[item % now.length] = former.slice(0, place) + letter + former.slice(place + (letter === '' ? 1 : 0))
          states.push(now)
        }
        let edited = frame(items)
        for (const state of [...states, ...states.toReversed()]) {
          edited = setConfigField(edited, 'model', state)
          expect(readConfig(edited).value.model).toEqual(state)
          for (const [at] of items.entries())
            expect(edited.split(`# the ${at}`)).toHaveLength(list === lists[2] ? 1 : 2)
        }
        expect(edited).toBe(frame(items))
      },
    ),
    { numRuns: 60 },
  )
})
