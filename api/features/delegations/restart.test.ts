import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configPath } from '#shared/files/paths.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { writeFile } from '../files/index.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'
import { listOutdated } from './list-outdated.ts'
import { restartOutdated } from './restart-outdated.ts'

let testDb: TestDb
let ada: OrgContext
let lead: WorkspaceId
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function begin(task: string) {
  ada = await makeMember(await makeOrg(testDb.db), 'member', 'Ada')
  const { Lead } = await makeWorkspaces(ada, { Lead: {} })
  if (!Lead) throw new Error('no workspace was made')
  lead = Lead
  const { delegationId } = await delegate(ada, { workspaceId: lead, task })
  // As the engine records it when work begins.
  await inTransaction(ada, (tx) =>
    tx.rows(sql`
      insert into steps (org_id, delegation_id, step, kind, state, name, input, output, decider_version, started_at, finished_at)
      values (${tx.orgId}, ${delegationId}, 0, 'context', 'done', 'context', '{}'::jsonb,
              ${json({ configVersion: 1 })}::jsonb, 1, now(), now())`),
  )
  return delegationId
}

function saveConfig(text: string) {
  return inTransaction(ada, (tx) => writeFile(tx, { workspaceId: lead, path: configPath, text, by: ada.actor }))
}

describe('a restart', () => {
  test('is needed only where work in flight keeps another value', async () => {
    const delegationId = await begin('Find a harbour')
    expect((await listOutdated(ada, lead)).work).toEqual([])
    await saveConfig('role: Leads\nmodel: rehearsal\nruntime: native\ntier: 5\nmax_concurrent_tasks: 4\n')
    const roleOnly = await listOutdated(ada, lead)
    expect(roleOnly.work.flatMap(({ fields }) => fields)).not.toContain('tier')
    await saveConfig('role: Leads\nmodel: openai:gpt-4o\nruntime: native\n')
    const { work, configVersion } = await listOutdated(ada, lead)
    expect(configVersion).toBe(3)
    expect(work).toEqual([expect.objectContaining({ delegationId, task: 'Find a harbour', configVersion: 1 })])
    expect(work[0]?.fields).toContain('model')
  })

  test('begins the work afresh and leaves what was begun cancelled', async () => {
    const delegationId = await begin('Find a market')
    await saveConfig('model: openai:gpt-4o\n')
    const { delegationIds } = await restartOutdated(ada, {
      orgId: ada.orgId,
      workspaceId: lead,
      delegationIds: [delegationId],
    })
    const [made] = delegationIds
    if (!made) throw new Error('nothing was begun')
    const { delegation } = await getDelegation(ada, made)
    expect(delegation).toMatchObject({ task: 'Find a market', state: 'queued', workspaceId: lead })
    expect((await listOutdated(ada, lead)).work).toEqual([])
    const again = await restartOutdated(ada, { orgId: ada.orgId, workspaceId: lead, delegationIds: [made] })
    expect(again.delegationIds).toHaveLength(1)
  })

  test('is nothing a viewer may do', async () => {
    const delegationId = await begin('Look')
    const viewer = await makeMember(ada, 'viewer')
    const input = { orgId: ada.orgId, workspaceId: lead, delegationIds: [delegationId] }
    await expect(restartOutdated(viewer, input)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
