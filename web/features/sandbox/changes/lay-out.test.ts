import { expect, test } from 'vitest'
import { type Contents, layOut } from './lay-out.ts'

const nothing = { remove: [], write: [], clashes: [] }
const still = { noRoom: new Set<string>() }

test('what earlier runs brought or left goes; what the terminal made or changed stays', () => {
  const ours = files({ 'data.csv': '1', 'out/sum.txt': '3', 'notes.md': 'old' })
  const there = files({ 'data.csv': '1', 'out/sum.txt': '3', 'notes.md': 'by hand', 'package.json': '{}' })
  expect(layOut({ ...still, there, ours, brought: files({}) })).toEqual({
    ...nothing,
    remove: ['data.csv', 'out/sum.txt'],
  })
})

test('a program’s files are written over what runs made of them, and where they are missing', () => {
  const ours = files({ 'main.js': '1', 'gone.js': '2' })
  const there = files({ 'main.js': '1' })
  const brought = files({ 'main.js': '1 + 1', 'gone.js': '2', 'new.js': '3' })
  expect(layOut({ ...still, there, ours, brought })).toEqual({ ...nothing, write: [...brought] })
})

test('what the terminal changed stays under a program that brings it as before, or as it is now', () => {
  const there = files({ 'package.json': '{"with": "packages"}' })
  const before = files({ 'package.json': '{}' })
  expect(layOut({ ...still, there, ours: before, brought: before })).toEqual(nothing)
  expect(layOut({ ...still, there, ours: before, brought: there })).toEqual(nothing)
})

test('what the terminal made and a program brings otherwise is neither written over nor run beside', () => {
  const there = files({ 'package.json': '{"made": "there"}', 'index.js': '' })
  const brought = files({ 'package.json': '{}' })
  expect(layOut({ ...still, there, ours: files({}), brought }).clashes).toEqual(['package.json'])
  expect(layOut({ ...still, there, ours: files({ 'package.json': 'once' }), brought })).toEqual({
    ...nothing,
    clashes: ['package.json'],
  })
})

test('what the terminal made too large to be known here is theirs, whatever is known of it from before', () => {
  const known = files({ 'data.csv': '1' })
  const noRoom = new Set(['data.csv', 'video.mp4'])
  expect(layOut({ there: known, ours: known, brought: files({}), noRoom })).toEqual(nothing)
  const brought = files({ 'data.csv': '2', 'video.mp4': '' })
  expect(layOut({ there: known, ours: known, brought, noRoom })).toEqual({ ...nothing, clashes: [...brought.keys()] })
})

function files(texts: Readonly<Record<string, string>>): Contents {
  return new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]))
}
