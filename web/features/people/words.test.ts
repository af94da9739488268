import { expect, test } from 'vitest'
import { initialsOf, rolesGivenBy } from './words.ts'

test('nobody is offered to give a role above their own', () => {
  expect(rolesGivenBy('admin').map(({ value }) => value)).toEqual(['viewer', 'member', 'manager', 'admin'])
  expect(rolesGivenBy('owner')).toHaveLength(5)
})

test('initials are of the first and the last word, also beyond the alphabet', () => {
  expect(initialsOf('Ada')).toBe('A')
  expect(initialsOf('  ada king lovelace ')).toBe('AL')
  expect(initialsOf('𝒜da Öz')).toBe('𝒜Ö')
})
