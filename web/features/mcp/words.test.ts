import { expect, test } from 'vitest'
import { readLines, readPairs, writePairs } from './lines.ts'
import { changeWords, reachWords, stateLook } from './words.ts'

test('headers and environments are read line by line, and written as they were', () => {
  const headers = { Authorization: 'Bearer {{secret KEY}}', 'X-Team': 'a:b' }
  expect(readPairs(writePairs(headers, ':'), ':')).toEqual(headers)
  expect(readPairs('A=1\n\n B = x=y ', '=')).toEqual({ A: '1', B: 'x=y' })
  expect(readPairs('no separator', ':')).toBeUndefined()
  expect(readLines(' one \n\ntwo words')).toEqual(['one', 'two words'])
})

test('who may use a server is said by name', () => {
  const nameOf = (id: string) => (id === 'gone' ? undefined : id)
  expect(reachWords({ kind: 'listed', workspaceIds: [] }, nameOf)).toBe('No workspace may use it yet')
  expect(reachWords({ kind: 'everyone' }, nameOf)).toBe('Every workspace may use it')
})

test('what stopped is said in the tone of what failed, and a change in numbers', () => {
  expect(stateLook('changed')).toEqual({ word: 'Stopped: tools changed', tone: 'failed' })
  const claims = { readOnly: null, idempotent: null, destructive: null, openWorld: null }
  const tool = { name: 'a', title: null, description: '', inputSchema: {}, claims, digest: '1' }
  expect(
    changeWords([
      { kind: 'added', tool },
      { kind: 'removed', tool },
    ]),
  ).toBe('1 new, 1 gone')
})
