import { describe, expect, test } from 'vitest'
import { type ConfigField, configFields } from '#shared/workspaces/config-fields.ts'
import { readConfig } from '../help/read-config.ts'
import { setConfigField } from './edit-yaml.ts'
import {
  isNone,
  itemsMeantBy,
  meantBy,
  noItems,
  otherProblems,
  problemOf,
  shownItems,
  shownText,
} from './form-values.ts'

const fieldOf = (name: string): ConfigField => {
  const found = configFields.find((field) => field.name === name)
  if (!found) throw new Error(`There is no field ${name}.`)
  return found
}

describe('a field of the form', () => {
  test('shows what is written, also where it does not hold, and says what is wrong there', () => {
    const config = readConfig('tier: high\nrole: 5\n')
    expect(shownText(config, fieldOf('tier'))).toBe('high')
    expect(problemOf(config, fieldOf('tier'))?.message).toBe('Write a number here.')
    expect(shownText(config, fieldOf('role'))).toBe('5')
    expect(shownText(config, fieldOf('model'))).toBe('')
  })

  test('takes a number for a number, and a half-typed one for a text', () => {
    const config = readConfig('')
    expect(meantBy(config, fieldOf('tier'), '3')).toBe(3)
    expect(meantBy(config, fieldOf('tier'), '3a')).toBe('3a')
    expect(meantBy(config, fieldOf('role'), '3')).toBe('3')
    expect(meantBy(config, fieldOf('role'), '')).toBeUndefined()
  })

  test('takes commas between models for a list, and leaves a list one', () => {
    const field = fieldOf('model')
    expect(meantBy(readConfig('model: a'), field, 'a, b')).toEqual(['a', 'b'])
    expect(meantBy(readConfig('model: a'), field, 'b')).toBe('b')
    expect(meantBy(readConfig('model: [a, b]'), field, 'a')).toEqual(['a'])
  })
})

test('a letter typed between models and taken away again leaves every comment', () => {
  const start = 'model:\n  - a # cheap\n  - b # dear\n'
  const field = fieldOf('model')
  const typed = (text: string, models: string) =>
    setConfigField(text, 'model', meantBy(readConfig(text), field, models))
  expect(typed(start, 'ax, b')).toBe(start.replace('- a', '- ax'))
  expect(typed(typed(start, 'ax, b'), 'a, b')).toBe(start)
  expect(typed(typed(start, ', b'), 'a, b')).toBe(start)
  expect(typed(start, 'a, b,')).toBe(`${start}  - ""\n`)
})

describe('a list of the form', () => {
  const config = readConfig('required_env:\n  - A\n  - any_of: [B, C]\ntools: [x]\n')

  test('says of keys of which one is enough', () => {
    expect(shownItems(config, fieldOf('required_env'))).toEqual(['A', 'B or C'])
    expect(itemsMeantBy(config, fieldOf('required_env'), ['B or C', 'D or E', 'A'])).toEqual([
      { any_of: ['B', 'C'] },
      { any_of: ['D', 'E'] },
      'A',
    ])
  })

  test('of names knows no alternatives', () => {
    expect(itemsMeantBy(config, fieldOf('tools'), ['x', 'this or that'])).toEqual(['x', 'this or that'])
  })
})

test('what is wrong outside the fields is said once', () => {
  const config = readConfig('- a list\n')
  expect(otherProblems(config, configFields)).toHaveLength(1)
})

test('a list whose absence grants all says none when its last item goes; another is as good as not there', () => {
  const [tools, skills] = [fieldOf('tools'), fieldOf('skills')]
  expect([noItems(tools), noItems(skills)]).toEqual([[], undefined])
  expect([isNone(readConfig('tools: []\n'), tools), isNone(readConfig('tier: 3\n'), tools)]).toEqual([true, false])
})
