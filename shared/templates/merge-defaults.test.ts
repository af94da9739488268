import { expect, test } from 'vitest'
import { mergePlugins, mergeRouting } from './merge-defaults.ts'

test('plugins are the defaults first, then the own ones, each once', () => {
  expect(mergePlugins(['a', 'b', 'a'], ['c', 'b', 'd'])).toEqual(['a', 'b', 'c', 'd'])
  expect(mergePlugins(undefined, ['x'])).toEqual(['x'])
  expect(mergePlugins(['x'])).toEqual(['x'])
})

test('! or - before a name opts out of a default', () => {
  expect(mergePlugins(['a', 'b', 'c'], ['!a', '-b', '!unknown', '!'])).toEqual(['c'])
})

test('a plugin opted out and named again is in, at its new place', () => {
  expect(mergePlugins(['a', 'b'], ['!a', 'a'])).toEqual(['b', 'a'])
})

test('routing of a workspace replaces a category whole, drops it with [], and comes out sorted', () => {
  const defaults = { ui: ['Frontend'], infra: ['DevOps', 'Backend'], docs: ['Writer'] }
  expect(mergeRouting(defaults, { infra: ['DevOps'], docs: [], audit: ['QA'] })).toEqual({
    audit: ['QA'],
    infra: ['DevOps'],
    ui: ['Frontend'],
  })
  expect(Object.keys(mergeRouting(defaults, { audit: ['QA'] }))).toEqual(['audit', 'docs', 'infra', 'ui'])
})
