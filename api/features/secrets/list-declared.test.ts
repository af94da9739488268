import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { listDeclared } from './list-declared.ts'
import { setSecret } from './set-secrets.ts'

let database: TestDb
beforeAll(async () => {
  database = await openTestDb()
})
afterAll(() => database.close())

test('a workspace tells which names it declares and whose value it gets, to managers of its own org only', async () => {
  const org = await makeOrg(database.db)
  const required_env = ['GITHUB_TOKEN', 'OWN_TOKEN', { any_of: ['LEFT', 'RIGHT'] }]
  const { Coder } = await makeWorkspaces(org, { Coder: {} }, { Coder: { required_env } })
  if (!Coder) throw new Error('no workspace')
  await setSecret(org, { workspaceId: null, name: 'GITHUB_TOKEN', value: 'of-the-org' })
  await setSecret(org, { workspaceId: null, name: 'OWN_TOKEN', value: 'of-the-org' })
  await setSecret(org, { workspaceId: Coder, name: 'OWN_TOKEN', value: 'of-its-own' })
  expect(await listDeclared(await makeMember(org, 'manager'), Coder)).toEqual([
    { name: 'GITHUB_TOKEN', isRequired: true, from: 'organisation' },
    { name: 'LEFT', isRequired: false, from: 'nowhere' },
    { name: 'OWN_TOKEN', isRequired: true, from: 'workspace' },
    { name: 'RIGHT', isRequired: false, from: 'nowhere' },
  ])
  await expect(listDeclared(await makeMember(org, 'member'), Coder)).rejects.toMatchObject({ code: 'forbidden' })
  const other = await makeOrg(database.db)
  await expect(listDeclared(other, Coder)).rejects.toMatchObject({ code: 'not-found' })
})
