import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const delegraph = (...args: string[]) =>
  promisify(execFile)(process.execPath, [join(root, 'api/cli/main.ts'), ...args], { env: {} })

test('says which version it is', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  expect((await delegraph('--version')).stdout.trim()).toBe(version)
})

test('what there is not is refused by name, with what there is', async () => {
  const asked = delegraph('strat')
  await expect(asked).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('strat') })
  await expect(asked).rejects.toMatchObject({ stdout: expect.stringContaining('start') })
})
