import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { DelegationId, SecretId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { openLocalKeys } from '../../kernel/vault/local-key.ts'
import { setKeyProvider } from '../../kernel/vault/of-db.ts'
import { readLog, setRehearsal } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { deleteWorkspace, listLiving } from '../workspaces/index.ts'
import { getUsage } from './get-usage.ts'
import { listMissing } from './list-missing.ts'
import { listSecrets } from './list-secrets.ts'
import { writeUses } from './record-use.ts'
import { removeSecret, restoreSecret } from './remove-secret.ts'
import { secretsFor, secretsForAgent } from './secrets-for.ts'
import { setSecret, setSecrets } from './set-secrets.ts'
import { destroyOldSecrets } from './store.ts'

let database: TestDb
beforeAll(async () => {
  database = await openTestDb()
})
afterAll(() => database.close())

const canary = 'ghp_canary0123456789abcdefgh'

async function makeTeam() {
  const org = await makeOrg(database.db)
  const ids = await makeWorkspaces(
    org,
    { Lead: { Coder: {}, Writer: {} } },
    { Coder: { required_env: ['GITHUB_TOKEN'] }, Writer: { recommended_env: ['GITHUB_TOKEN'] } },
  )
  const { Lead, Coder, Writer } = ids
  if (!Lead || !Coder || !Writer) throw new Error('no workspaces')
  return { org, Lead, Coder, Writer }
}

function agentIn(org: OrgContext, workspaceId: WorkspaceId): OrgContext {
  const delegationId = DelegationId.parse(crypto.randomUUID())
  return { ...org, actor: { kind: 'workspace', workspaceId, delegationId, name: 'Agent' } }
}

const inOrg = (name: string, value: string) => ({ workspaceId: null, name, value })

test('a value goes in and comes out only for agents whose workspace declares it', async () => {
  const { org, Lead, Coder, Writer } = await makeTeam()
  const change = await setSecret(org, inOrg('GITHUB_TOKEN', canary))
  expect(change).toMatchObject({ version: 1, affected: [{ name: 'Coder' }, { name: 'Writer' }] })
  expect(await secretsFor(agentIn(org, Coder), Coder, ['GITHUB_TOKEN'])).toEqual({ GITHUB_TOKEN: canary })
  expect(await secretsForAgent(agentIn(org, Writer), Writer)).toEqual({ GITHUB_TOKEN: canary })
  expect(await secretsForAgent(agentIn(org, Lead), Lead)).toEqual({})
  await expect(secretsFor(agentIn(org, Lead), Lead, ['GITHUB_TOKEN'])).rejects.toMatchObject({ code: 'forbidden' })
  // Not to people, whatever their role, and not to another workspace.
  await expect(secretsFor(org, Coder, ['GITHUB_TOKEN'])).rejects.toMatchObject({ code: 'forbidden' })
  await expect(secretsFor(agentIn(org, Lead), Coder, ['GITHUB_TOKEN'])).rejects.toMatchObject({ code: 'not-found' })
})

test('nothing that is answered, told or stored holds the value', async () => {
  const { org, Coder } = await makeTeam()
  const change = await setSecret(org, inOrg('GITHUB_TOKEN', canary))
  await secretsForAgent(agentIn(org, Coder), Coder)
  await writeUses(org.db)
  const list = await listSecrets(org)
  expect(list.secrets).toMatchObject([{ name: 'GITHUB_TOKEN', hint: '••••efgh', service: 'github', usedBy: 1 }])
  const usage = await getUsage(org, change.secretId)
  expect(usage).toMatchObject({
    uses: [{ by: { kind: 'workspace', id: Coder, name: 'Coder' }, count: 1 }],
    versions: [{ version: 1, createdByName: 'Olga Owner', isCurrent: true }],
  })
  const kept = await database.asAdmin('select row_to_json(v) as row from secret_versions v')
  const hex = Buffer.from(canary).toString('hex')
  for (const said of [change, list, usage, await readLog(org), kept]) {
    expect(JSON.stringify(said)).not.toContain('canary')
    expect(JSON.stringify(said)).not.toContain(hex)
  }
})

test('the workspace’s own value goes before the organisation’s, and comes back when it is deleted', async () => {
  const { org, Coder, Writer } = await makeTeam()
  await setSecret(org, inOrg('GITHUB_TOKEN', 'of-the-org'))
  const own = await setSecret(org, { workspaceId: Coder, name: 'GITHUB_TOKEN', value: 'of-coder' })
  expect(own.affected).toMatchObject([{ name: 'Coder' }])
  const rotated = await setSecret(org, inOrg('GITHUB_TOKEN', 'of-the-org-2'))
  expect(rotated).toMatchObject({ version: 2, affected: [{ name: 'Writer' }] })
  expect(await secretsForAgent(agentIn(org, Coder), Coder)).toEqual({ GITHUB_TOKEN: 'of-coder' })
  expect(await secretsForAgent(agentIn(org, Writer), Writer)).toEqual({ GITHUB_TOKEN: 'of-the-org-2' })
  await removeSecret(org, own.secretId)
  expect(await secretsForAgent(agentIn(org, Coder), Coder)).toEqual({ GITHUB_TOKEN: 'of-the-org-2' })
})

test('what was deleted can be taken back for a day, then it is destroyed', async () => {
  const { org, Coder } = await makeTeam()
  const { secretId } = await setSecret(org, inOrg('GITHUB_TOKEN', canary))
  expect(await removeSecret(org, secretId)).toMatchObject({ affected: [{ name: 'Coder' }, { name: 'Writer' }] })
  expect(await secretsForAgent(agentIn(org, Coder), Coder)).toEqual({})
  expect(await listSecrets(org)).toMatchObject({ secrets: [], deleted: [{ name: 'GITHUB_TOKEN' }] })
  await expect(removeSecret(org, secretId)).rejects.toMatchObject({ code: 'not-found' })
  await restoreSecret(org, secretId)
  await expect(restoreSecret(org, secretId)).rejects.toMatchObject({ code: 'conflict' })
  expect(await secretsForAgent(agentIn(org, Coder), Coder)).toEqual({ GITHUB_TOKEN: canary })
  await removeSecret(org, secretId)
  const anew = await setSecret(org, inOrg('GITHUB_TOKEN', 'another'))
  expect(anew.secretId).not.toBe(secretId)
  await expect(restoreSecret(org, secretId)).rejects.toMatchObject({ code: 'conflict' })
  await database.asAdmin(`update secrets set deleted_at = now() - interval '25 hours' where id = '${secretId}'`)
  await destroyOldSecrets(org.db)
  const left = await database.asAdmin(`select from secret_versions where secret_id = '${secretId}'`)
  expect(left).toEqual([])
  await expect(restoreSecret(org, secretId)).rejects.toMatchObject({ code: 'not-found' })
})

test('older versions are destroyed by the clock, the current one never', async () => {
  const { org, Coder } = await makeTeam()
  const { secretId } = await setSecret(org, inOrg('GITHUB_TOKEN', 'first'))
  await setSecret(org, inOrg('GITHUB_TOKEN', 'second'))
  await database.asAdmin(`update secret_versions set created_at = now() - interval '90 days',
    replaced_at = replaced_at - interval '31 days' where secret_id = '${secretId}'`)
  await destroyOldSecrets(org.db)
  expect((await getUsage(org, secretId)).versions).toMatchObject([{ version: 2, isCurrent: true }])
  expect(await secretsForAgent(agentIn(org, Coder), Coder)).toEqual({ GITHUB_TOKEN: 'second' })
})

test('managers set those of workspaces, admins those of the organisation, members see nothing', async () => {
  const { org, Coder } = await makeTeam()
  const [admin, manager, member] = await Promise.all([
    makeMember(org, 'admin'),
    makeMember(org, 'manager'),
    makeMember(org, 'member'),
  ])
  const ofCoder = { workspaceId: Coder, name: 'GITHUB_TOKEN', value: 'x' }
  const { secretId } = await setSecret(admin, inOrg('GITHUB_TOKEN', 'x'))
  await setSecret(manager, ofCoder)
  const forbidden = { code: 'forbidden' }
  await expect(setSecret(manager, inOrg('GITHUB_TOKEN', 'y'))).rejects.toMatchObject(forbidden)
  await expect(removeSecret(manager, secretId)).rejects.toMatchObject(forbidden)
  await expect(setSecret(member, ofCoder)).rejects.toMatchObject(forbidden)
  await expect(listSecrets(member)).rejects.toMatchObject(forbidden)
  await expect(getUsage(member, secretId)).rejects.toMatchObject(forbidden)
  await expect(setSecret(agentIn(org, Coder), ofCoder)).rejects.toMatchObject(forbidden)
})

test('another org’s secrets and workspaces are not there', async () => {
  const [mine, theirs] = await Promise.all([makeTeam(), makeTeam()])
  const { secretId } = await setSecret(theirs.org, inOrg('GITHUB_TOKEN', canary))
  const gone = { code: 'not-found' }
  await expect(removeSecret(mine.org, secretId)).rejects.toMatchObject(gone)
  await expect(restoreSecret(mine.org, secretId)).rejects.toMatchObject(gone)
  await expect(getUsage(mine.org, secretId)).rejects.toMatchObject(gone)
  await expect(getUsage(mine.org, SecretId.parse(crypto.randomUUID()))).rejects.toMatchObject(gone)
  const there = { workspaceId: theirs.Coder, name: 'A', value: 'x' }
  await expect(setSecret(mine.org, there)).rejects.toMatchObject(gone)
  expect(await secretsForAgent(agentIn(mine.org, mine.Coder), mine.Coder)).toEqual({})
})

test('a pasted file is set all or not at all', async () => {
  const { org } = await makeTeam()
  const entries = [
    { name: 'OPENAI_API_KEY', value: 'sk-0' },
    { name: 'SLACK_BOT_TOKEN', value: 'xoxb' },
  ]
  expect(await setSecrets(org, { workspaceId: null, entries })).toMatchObject([{ version: 1 }, { version: 1 }])
  const bad = [...entries, { name: 'not a name', value: 'x' }]
  await expect(setSecrets(org, { workspaceId: null, entries: bad })).rejects.toThrow()
  expect((await listSecrets(org)).secrets.map(({ name, version }) => [name, version])).toEqual([
    ['OPENAI_API_KEY', 1],
    ['SLACK_BOT_TOKEN', 1],
  ])
})

test('the same name set at once by many becomes one secret with as many versions', async () => {
  const { org, Coder } = await makeTeam()
  await Promise.all(Array.from({ length: 8 }, (_, place) => setSecret(org, inOrg('GITHUB_TOKEN', `value-${place}`))))
  expect((await listSecrets(org)).secrets).toMatchObject([{ name: 'GITHUB_TOKEN', version: 8 }])
  expect((await secretsForAgent(agentIn(org, Coder), Coder)).GITHUB_TOKEN).toMatch(/^value-\d$/)
})

test('what is missing is told by workspace, the model’s keys too, and is there once it is set', async () => {
  const org = await makeOrg(database.db)
  await makeWorkspaces(
    org,
    { Coder: {}, Talker: {} },
    {
      Coder: { required_env: ['A', { any_of: ['A', 'B'] }, { any_of: ['C', 'D'] }] },
      Talker: { model: 'openai:gpt-4o' },
    },
  )
  const ofCoder = { workspaceName: 'Coder', required: [{ anyOf: ['A'] }, { anyOf: ['C', 'D'] }] }
  expect(await listMissing(org)).toMatchObject([ofCoder])
  await setRehearsal(org, false)
  const talker = { workspaceName: 'Talker', required: [{ anyOf: ['OPENAI_API_KEY'], forModel: true }] }
  expect(await listMissing(await makeMember(org, 'viewer'))).toMatchObject([ofCoder, talker])
  await setSecrets(org, {
    workspaceId: null,
    entries: ['A', 'D', 'OPENAI_API_KEY'].map((name) => ({ name, value: 'x' })),
  })
  expect(await listMissing(org)).toEqual([])
})

test('a workspace is marked as long as a key it must have is not there', async () => {
  const org = await makeOrg(database.db)
  await setRehearsal(org, false)
  const config = { model: 'anthropic:claude-sonnet-4-5', required_env: ['GITHUB_TOKEN'], recommended_env: ['NICE'] }
  const { Coder } = await makeWorkspaces(org, { Coder: {} }, { Coder: config })
  const marks = async () => (await inSnapshot(org.db, org.orgId, listLiving))[0]?.marks
  expect(await marks()).toEqual(['needs GITHUB_TOKEN', 'needs ANTHROPIC_API_KEY'])
  await setSecret(org, inOrg('ANTHROPIC_API_KEY', 'sk-ant'))
  const own = await setSecret(org, { workspaceId: Coder ?? null, name: 'GITHUB_TOKEN', value: canary })
  expect(await marks()).toEqual([])
  await removeSecret(org, own.secretId)
  expect(await marks()).toEqual(['needs GITHUB_TOKEN'])
  await setRehearsal(org, true)
  expect(await marks()).toEqual(['needs GITHUB_TOKEN'])
})

test('a version moved to another secret in the database does not open', async () => {
  const { org, Coder } = await makeTeam()
  // In one transaction: between two of them this process would open the first, to mask it.
  const entries = ['GITHUB_TOKEN', 'OTHER'].map((name) => ({ name, value: `${name} in 1` }))
  const [one, two] = (await setSecrets(org, { workspaceId: null, entries })).map(({ secretId }) => secretId)
  await database.asAdmin(`update secret_versions v set sealed = o.sealed, wrapped = o.wrapped
    from secret_versions o where v.secret_id = '${one}' and o.secret_id = '${two}'`)
  await expect(secretsForAgent(agentIn(org, Coder), Coder)).rejects.toMatchObject({ code: 'unavailable' })
})

test('uses are added up by the hour and go with what was destroyed', async () => {
  const { org, Coder, Writer } = await makeTeam()
  const { secretId } = await setSecret(org, inOrg('GITHUB_TOKEN', canary))
  for (const one of [Coder, Coder, Writer]) await secretsForAgent(agentIn(org, one), one)
  await writeUses(org.db)
  await secretsForAgent(agentIn(org, Coder), Coder)
  await writeUses(org.db)
  const { uses } = await getUsage(org, secretId)
  const counts = uses.map(({ by, count }) => [by.name, count])
  expect(new Map(counts.map(([name, count]) => [String(name), Number(count)]))).toEqual(
    new Map([
      ['Coder', 3],
      ['Writer', 1],
    ]),
  )
  expect((await listSecrets(org)).secrets).toMatchObject([{ usedBy: 2, lastUsedAt: expect.any(String) }])
})

test('secrets of a removed workspace are nobody’s', async () => {
  const { org, Coder } = await makeTeam()
  await setSecret(org, { workspaceId: Coder, name: 'GITHUB_TOKEN', value: canary })
  await deleteWorkspace(org, { orgId: org.orgId, workspaceId: Coder, confirmed: [] })
  expect((await listSecrets(org)).secrets).toEqual([])
  await expect(secretsForAgent(agentIn(org, Coder), Coder)).rejects.toMatchObject({ code: 'not-found' })
})

test('row-level security hides them from another org at the SQL level', async () => {
  const [mine, theirs] = await Promise.all([makeTeam(), makeTeam()])
  await setSecret(theirs.org, inOrg('GITHUB_TOKEN', canary))
  const rows = await inSnapshot(database.db, mine.org.orgId, (reader) =>
    reader.rows(sql`select org_id from secrets where org_id <> ${mine.org.orgId}
      union all select org_id from secret_versions where org_id <> ${mine.org.orgId}`),
  )
  expect(rows).toEqual([])
  const forged = inTransaction(mine.org, (tx) =>
    tx.rows(sql`update secrets set name = 'STOLEN' where org_id = ${theirs.org.orgId} returning 1`),
  )
  expect(await forged).toEqual([])
})

test('a value that is the id of the wrapping key makes no other secret unreadable', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'delegraph-secrets-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  setKeyProvider(database.db, openLocalKeys(dataDir))
  const { org, Coder } = await makeTeam()
  await setSecret(org, inOrg('FIRST', 'first-value-0123456789abcdef'))
  const [kept] = await inSnapshot(org.db, org.orgId, (reader) =>
    reader.rows<{ keyId: string }>(sql`select key_id as "keyId" from secret_versions where org_id = ${org.orgId}`),
  )
  await setSecret(org, inOrg('SPITE', kept?.keyId ?? ''))
  await setSecret(org, inOrg('GITHUB_TOKEN', canary))
  expect(await secretsForAgent(agentIn(org, Coder), Coder)).toEqual({ GITHUB_TOKEN: canary })
})
