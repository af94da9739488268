import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { chooseServerSandbox, closeServerSandbox } from '#sandbox/server/choose.ts'
import { DelegationId } from '#shared/kernel/ids.ts'
import { inTransaction } from '../../kernel/db.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { writeFile } from '../files/index.ts'
import { allowHost, removeHost } from './allow-host.ts'
import { listHosts } from './list-sandbox.ts'
import { sandboxTools } from './tools.ts'

const choice = await chooseServerSandbox({ project: true, network: true })
if (choice.state === 'none') process.stdout.write(`skipped: run_project: ${choice.reason}\n`)

let database: TestDb
/** A host of the world, on this machine's loopback, which the operator allows for the length of this file. */
let server: Server
let port = 0
beforeAll(async () => {
  database = await openTestDb()
  server = createServer((_, answer) => answer.end('hello from outside'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  port = address !== null && typeof address === 'object' ? address.port : 0
  process.env.DELEGRAPH_ALLOWED_ADDRESSES = `localhost:${port}`
})
afterAll(async () => {
  delete process.env.DELEGRAPH_ALLOWED_ADDRESSES
  server.close()
  await database.close()
  closeServerSandbox()
})

const Told = z.object({ stdout: z.string(), network: z.array(z.string()).optional(), status: z.string() })

test('hosts are allowed by people with the permission, told in the log, and taken back', async () => {
  const org = await makeOrg(database.db)
  await allowHost(org, 'Packages.Example.org')
  await allowHost(org, 'packages.example.org:443')
  expect(await listHosts(org)).toMatchObject([{ host: 'packages.example.org', port: 443 }])
  await expect(allowHost(org, '10.0.0.1:80')).rejects.toMatchObject({ code: 'bad-input', field: 'host' })
  await removeHost(org, 'packages.example.org')
  expect(await listHosts(org)).toEqual([])
  await expect(removeHost(org, 'packages.example.org')).rejects.toMatchObject({ code: 'not-found' })
})

describe.skipIf(choice.state === 'none')('run_project', { timeout: 30_000 }, () => {
  async function ask(isAllowed: boolean, hosts: readonly string[]) {
    const org = await makeOrg(database.db)
    const { Builder } = await makeWorkspaces(org, { Builder: {} })
    if (!Builder) throw new Error('there is no builder')
    if (isAllowed) await allowHost(org, `localhost:${port}`)
    await inTransaction(org, (tx) =>
      writeFile(tx, {
        by: org.actor,
        workspaceId: Builder,
        path: 'config.yaml',
        text: `network_hosts: ${JSON.stringify(hosts)}\n`,
      }),
    )
    const tool = sandboxTools.find(({ name }) => name === 'run_project')
    if (!tool) throw new Error('there is no tool')
    const delegationId = DelegationId.parse('019aa8d0-0000-7000-8000-000000000001')
    const args = {
      command: 'node main.js',
      files: {
        'main.js': `fetch('http://localhost:${port}/').then((a) => a.text()).then(console.log, () => console.log('no way'))`,
      },
    }
    const site = { context: org, workspaceId: Builder, delegationId, step: 0 }
    return Told.parse(JSON.parse((await tool.perform(site, args, new AbortController().signal)).text))
  }

  test('reaches a host that a person allowed and the config names', async () => {
    expect(await ask(true, [`localhost:${port}`])).toMatchObject({
      stdout: 'hello from outside\n',
      network: [`localhost:${port} allowed`],
    })
  })

  test('does not reach what the config names and nobody allowed, and says so', async () => {
    expect(await ask(false, [`localhost:${port}`])).toMatchObject({
      stdout: 'no way\n',
      network: [`localhost:${port} refused: nobody of the organisation allowed it`],
    })
  })

  test('has no network where the config names nothing, whatever is allowed', async () => {
    const told = await ask(true, [])
    expect(told.stdout).toBe('no way\n')
    expect(told.network).toBeUndefined()
  })
})
