import { expect, test } from 'vitest'
import { plainSecrets, secretNames, withSecrets } from './secret-names.ts'
import { stateOf } from './server-state.ts'

const http = { isOn: true, commandHash: null, approvedCommand: null, hasTrouble: false }

test('a list that is another than the approved one stops a server, whatever else is known of it', () => {
  expect(stateOf({ ...http, approvedList: null, seenList: null })).toBe('untried')
  expect(stateOf({ ...http, approvedList: null, seenList: 'a' })).toBe('tools')
  expect(stateOf({ ...http, approvedList: 'a', seenList: 'a' })).toBe('ready')
  expect(stateOf({ ...http, approvedList: 'a', seenList: 'b', hasTrouble: true })).toBe('changed')
  expect(stateOf({ ...http, approvedList: 'a', seenList: 'a', hasTrouble: true })).toBe('unreachable')
  expect(stateOf({ ...http, isOn: false, approvedList: 'a', seenList: 'b' })).toBe('off')
})

test('a command that is another than the approved one comes before everything', () => {
  const program = { ...http, commandHash: 'now', approvedList: 'a', seenList: 'a' }
  expect(stateOf(program)).toBe('command')
  expect(stateOf({ ...program, approvedCommand: 'before' })).toBe('command')
  expect(stateOf({ ...program, approvedCommand: 'now' })).toBe('ready')
})

test('secrets stand by name, and what looks like a key may not stand in plain text', () => {
  const headers = { Authorization: 'Bearer {{secret GITHUB_TOKEN}}', 'X-Team': 'tides' }
  expect(secretNames(headers)).toEqual(['GITHUB_TOKEN'])
  expect(withSecrets(headers, { GITHUB_TOKEN: 'v' })).toEqual({ Authorization: 'Bearer v', 'X-Team': 'tides' })
  expect(plainSecrets(headers)).toEqual([])
  expect(plainSecrets({ 'X-Api-Key': 'abc', Cookie: 'a=b', API_TOKEN: 'x', Accept: 'json' })).toEqual([
    'X-Api-Key',
    'Cookie',
    'API_TOKEN',
  ])
})
