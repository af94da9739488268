import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCommandLine } from './command-line.fixture.ts'

const cli = openCommandLine()

test('an org is copied into a file, restored from it, and its log exported and verified', async () => {
  await cli.importOrg('name: Shop\nworkspaces: [{ name: Lead, children: [{ name: Ann }] }]\n')
  const file = join(cli.dir, 'shop.snapshot.gz')
  const copied = await cli.run(['snapshot', '--org', 'Shop', '--out', file])
  expect(copied, copied.error).toMatchObject({ status: 0, out: expect.stringContaining('Copied Shop as of') })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const restored = await cli.run(['restore', file, '--name', 'Shop 2', '--json'])
  expect(JSON.parse(restored.out)).toMatchObject({ name: 'Shop 2', alive: 0 })

  const wrong = await cli.run(['snapshot', '--org', 'Shoe', '--out', file])
  expect([wrong.status, wrong.error]).toEqual([1, expect.stringContaining('Name one with --org: Shop, Shop 2.')])
  const nowhere = await cli.run(['snapshot', '--org', 'Shop', '--out', join(cli.dir, 'no', 'where.gz')])
  expect([nowhere.status, nowhere.error]).toEqual([1, expect.stringContaining('cannot be written')])

  const verified = await cli.run(['audit', 'verify', '--org', 'Shop 2'])
  expect(verified, verified.error).toMatchObject({
    status: 0,
    out: expect.stringContaining('Whole: 5 events are as they'),
  })
  const noted = /note this down: (\S+)/.exec(verified.out)?.[1] ?? ''
  expect((await cli.run(['audit', 'verify', '--org', 'Shop 2', '--noted', noted])).status).toBe(0)
  const other = noted.replace(/^5:./, (start) => `5:${start.endsWith('0') ? '1' : '0'}`)
  expect(await cli.run(['audit', 'verify', '--org', 'Shop 2', '--noted', other])).toMatchObject({
    ...{ status: 2, out: expect.stringContaining('Not whole: The hash of event 5 is not the one that was noted.') },
  })

  const log = join(cli.dir, 'log.jsonl')
  const exported = await cli.run(['audit', 'export', '--org', 'Shop 2', '--since', '1h', '--out', log])
  expect(exported, exported.error).toMatchObject({ status: 0, out: expect.stringMatching(/Hash of the whole: \w{64}/) })
  expect((await cli.run(['audit', 'verify', log])).out).toMatch(/^Whole: 5 events of Shop 2, exported/)
  writeFileSync(log, readFileSync(log, 'utf8').replace('workspace.created', 'workspace.deleted'))
  expect(await cli.run(['audit', 'verify', log])).toMatchObject({
    status: 2,
    out: expect.stringMatching(/^Not whole, line \d+: It was changed/),
  })
  expect((await cli.run(['audit', 'verify', join(cli.dir, 'none')])).status).toBe(1)
  expect(existsSync(join(cli.dir, 'none'))).toBe(false)
}, 60_000)

test('a file that is no snapshot makes no org', async () => {
  const file = join(cli.dir, 'nonsense.gz')
  writeFileSync(file, 'nonsense')
  const { status, error } = await cli.run(['restore', file])
  expect([status, error]).toEqual([1, expect.stringContaining('no whole snapshot of Delegraph')])
})
