import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

test('every promise of security names tests that exist', () => {
  const pages = ['docs/security.md', 'tests/attacks/README.md']
  const named = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/`((?:api|tests|shared|sandbox)\/[^`\s]+)`/g)].map(
      (match) => match[1] ?? '',
    ),
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((path) => !existsSync(join(root, path)) && globSync(path, { cwd: root }).length === 0)).toEqual(
    [],
  )
})
