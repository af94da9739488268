import { describe, expect, test } from 'vitest'
import { WorkspaceConfig, withOneModel } from './config.ts'
import { configFields, effectOf, fieldsNeedingRestart, grantingLists } from './config-fields.ts'

describe('the table of config fields', () => {
  test('names every field of the schema, and no other', () => {
    expect(configFields.map(({ name }) => name).toSorted()).toEqual(Object.keys(WorkspaceConfig.shape).toSorted())
  })

  test('says of every field what it is for', () => {
    const mute = Object.entries(WorkspaceConfig.shape).filter(([, schema]) => !schema.description)
    expect(mute).toEqual([])
  })
})

test('a field with nothing in it says as much as one that is not there', () => {
  const open = configFields.filter(({ name }) => !grantingLists.has(name))
  const nothing = Object.fromEntries(open.map(({ name }) => [name, null]))
  expect(JSON.stringify(WorkspaceConfig.parse({ ...nothing, owner: null }))).toBe('{"owner":null}')
})

test.each([...grantingLists])('%s with nothing in it is asked about: without the line all would be granted', (name) => {
  const { error } = WorkspaceConfig.safeParse({ [name]: null })
  expect(error?.issues).toMatchObject([{ path: [name], message: 'Write [] for none, or take the line out for all.' }])
  expect(WorkspaceConfig.parse({ [name]: [] })).toEqual({ [name]: [] })
})

describe('a restart is needed', () => {
  test('where work in flight began with another model', () => {
    expect(fieldsNeedingRestart({ model: 'a', tier: 2 }, { model: 'b', tier: 3 })).toEqual(['model'])
  })

  test('never for what applies at once, nor for what only an import reads', () => {
    expect(fieldsNeedingRestart({ tier: 2, a2a: { port: 1 } }, { tier: 3, sub_workspaces: [] })).toEqual([])
  })

  test('not for the same values in another order', () => {
    expect(fieldsNeedingRestart({ model: 'a', tools: ['x'] }, { tools: ['x'], model: 'a' })).toEqual([])
  })

  test('also where a field came or went', () => {
    expect(fieldsNeedingRestart({}, { tools: ['x'] })).toEqual(['tools'])
    expect(fieldsNeedingRestart({ skills: ['x'] }, {})).toEqual(['skills'])
  })

  test('for a field nobody knows it is not', () => {
    expect(effectOf('owner')).toBe('import')
  })
})

test('of a list of models the first is the model; the others go before the fallbacks, each once', () => {
  const config = WorkspaceConfig.parse({ model: ['a', 'b', 'c'], fallback_models: ['c', 'd', 'a'] })
  expect(withOneModel(config)).toEqual({ model: 'a', fallback_models: ['b', 'c', 'd'] })
  expect(withOneModel(WorkspaceConfig.parse({ model: ['a'] }))).toEqual({ model: 'a' })
  expect(withOneModel(WorkspaceConfig.parse({ model: 'a', tier: 2 }))).toEqual({ model: 'a', tier: 2 })
  expect(WorkspaceConfig.safeParse({ model: [] }).success).toBe(false)
})
