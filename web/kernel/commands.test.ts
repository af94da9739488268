import { afterEach, expect, test } from 'vitest'
import { type Command, commandFor, findConflicts, registerCommands, registeredCommands } from './commands.ts'

const registrations: (() => void)[] = []
afterEach(() => {
  for (const unregister of registrations.splice(0)) unregister()
})

test('a registered command is found by its keys until it is taken out', () => {
  const unregister = registerCommands([command('fit', 'F')])
  expect(commandFor('F', null)?.id).toBe('fit')
  unregister()
  expect(commandFor('F', null)).toBeUndefined()
  expect(registeredCommands()).toEqual([])
})

test('a command that makes no sense now leaves the keys to another', () => {
  let isSelected = false
  add(command('fit', 'F'), { ...command('focus', 'F'), when: () => isSelected })
  expect(commandFor('F', null)?.id).toBe('fit')
  isSelected = true
  expect(commandFor('F', null)?.id).toBe('focus')
})

test('taking out an old command leaves the one that replaced it', () => {
  const dropOld = registerCommands([command('fit', 'F')])
  add(command('fit', 'G'))
  dropOld()
  expect(commandFor('G', null)?.id).toBe('fit')
})

test('two unlimited claims on one chord are a conflict', () => {
  const claims = [command('a', 'Mod+K'), command('b', ['X', 'Mod+K']), { ...command('c', 'Mod+K'), when: () => true }]
  expect(findConflicts(claims)).toEqual([{ chord: 'Mod+K', ids: ['a', 'b'] }])
})

test('one chord may mean another thing in another part of the page', () => {
  const claims = [command('open', 'Enter'), { ...command('child', 'Enter'), scope: 'graph' as const }]
  expect(findConflicts(claims)).toEqual([])
  expect(findConflicts([...claims, { ...command('parent', 'Enter'), scope: 'graph' as const }])).toEqual([
    { chord: 'Enter', ids: ['child', 'parent'] },
  ])
})

test('a part of the page hears its keys before the page, and the page does not hear those of a part', () => {
  add({ ...command('child', 'E'), scope: 'graph' }, command('explain', 'E'), {
    ...command('save', 'S'),
    scope: 'editor',
  })
  expect(commandFor('E', null)?.id).toBe('child')
  expect(commandFor('S', null)).toBeUndefined()
})

function add(...commands: Command[]): void {
  registrations.push(registerCommands(commands))
}

function command(id: string, keys: Command['keys']): Command {
  return { id, title: id, group: 'Test', keys, run: () => undefined }
}
