import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPixels, shrinkPng } from './shrink-png.mjs'

const folder = join(import.meta.dirname, '..', 'docs', 'screens')
const files = readdirSync(folder).filter((name) => name.endsWith('.png'))

test('a picture with few colours is the same after it is made small, however often', () => {
  const [name = ''] = files
  const once = shrinkPng(readFileSync(join(folder, name)))
  const again = shrinkPng(once)
  expect(readPixels(again)).toEqual(readPixels(once))
  expect(again.length).toBe(once.length)
})

test('every picture of the docs is small enough to be kept', () => {
  expect(files.length).toBeGreaterThan(11)
  for (const name of files) expect.soft(readFileSync(join(folder, name)).length, name).toBeLessThanOrEqual(150_000)
})
