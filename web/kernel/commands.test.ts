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

function add(...commands: Command[]): void {
  registrations.push(registerCommands(commands))
}

function command(id: string, keys: Command['keys']): Command {
  return { id, title: id, group: 'Test', keys, run: () => undefined }
}
