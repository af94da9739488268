import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCommandLine } from './command-line.fixture.ts'

const cli = openCommandLine()

const canary = 'ghp_canary0123456789abcdefgh'

test('a secret is set from standard input, listed by its hint and deleted; its value is printed nowhere', {
  timeout: 90_000,
}, async () => {
  await cli.importOrg('name: Shop\nworkspaces: [{ name: Lead, required_env: [GITHUB_TOKEN] }]\n')
  expect((await cli.run(['secrets', 'list'])).out).toContain('There are no secrets yet')

  const set = await cli.run(['secrets', 'set', 'GITHUB_TOKEN'], { input: `${canary}\n` })
  expect(set).toMatchObject({ status: 0, out: 'Set GITHUB_TOKEN, version 1. Lead: the next call uses it.\n' })
  expect(readdirSync(join(cli.dir, 'data', 'keys'))).toContain('vault-0001.key')
  const own = await cli.run(['secrets', 'set', 'GITHUB_TOKEN', '--workspace', 'Lead'], { input: `${canary}2` })
  expect(own.status).toBe(0)
  const listed = await cli.run(['secrets', 'list'])
  expect(listed.out).toMatch(/^GITHUB_TOKEN {2}••••efgh {2}v1 {2}[\d-]+ {2}organisation\nGITHUB_TOKEN .* Lead\n$/)

  const inArguments = await cli.run(['secrets', 'set', 'GITHUB_TOKEN', canary])
  expect(inArguments).toMatchObject({ status: 1, error: expect.stringContaining('never given as an argument') })
  const env = { OPENAI_API_KEY: `sk-${canary}`, UNRELATED_TOKEN: 'other' }
  expect((await cli.run(['secrets', 'import-env'], { env })).out).toBe('Set OPENAI_API_KEY.\n')

  const unset = await cli.run(['secrets', 'unset', 'GITHUB_TOKEN', '--workspace', 'Lead'])
  expect(unset.out).toContain('Deleted GITHUB_TOKEN. It can be taken back until')
  expect(await cli.run(['secrets', 'unset', 'NOT_THERE'])).toMatchObject({ status: 1 })
  for (const { out, error } of [set, own, listed, inArguments, unset]) expect(out + error).not.toContain('canary')
})
