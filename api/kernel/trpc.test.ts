import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import { makeOrg } from '../testing/factories.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'
import { forgetRedactor, setSecretSource } from './redact/redactor-of.ts'
import { createCaller, orgProcedure, router } from './trpc.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const doors = router({
  open: orgProcedure.input(z.object({ word: z.string() })).query(({ input }) => {
    const quoted = { field: input.word, fix: `Not ${input.word}.`, data: { word: input.word } }
    throw new AppError('conflict', `${input.word} opens nothing.`, quoted)
  }),
})

test('where nobody can say what is secret an error tells its code and quotes nothing', async () => {
  const { orgId, actor } = await makeOrg(testDb.db)
  if (actor.kind !== 'person') throw new Error('the owner is a person')
  await testDb.asAdmin(`update org_sequences set secrets_version = 1 where org_id = '${orgId}'`)
  setSecretSource(testDb.db, async () => {
    throw new Error('the vault is closed')
  })
  forgetRedactor(testDb.db, orgId)
  const caller = createCaller(doors)({ db: testDb.db, user: { id: actor.userId, name: actor.name } })
  const thrown: unknown = await caller.open({ orgId, word: 'sesame' }).catch((error: unknown) => error)
  const cause = thrown instanceof Error ? thrown.cause : undefined
  expect(thrown).toMatchObject({ code: 'CONFLICT', message: expect.not.stringContaining('sesame') })
  expect(cause).toMatchObject({ code: 'conflict', message: expect.stringContaining('cannot say why') })
  expect(cause instanceof AppError && [cause.field, cause.fix, cause.data]).toEqual([undefined, undefined, undefined])
})
