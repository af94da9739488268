import { join } from 'node:path'
import type { OrgId, UserId } from '#shared/kernel/ids.ts'
import { createOrgWith, listOrgsOf } from './features/orgs/index.ts'
import { awaitOpening, importInto, readTemplate, startOpening as startOpeningIn } from './features/templates/index.ts'
import type { OrgContext } from './kernel/actor.ts'
import type { Db } from './kernel/db.ts'
import { personInOrg } from './kernel/trpc.ts'

type Person = { id: UserId; name: string }

const demoFolder = join(import.meta.dirname, 'features', 'templates', 'library', 'launch-team')

/** The demo org of a first run, imported like any template. Undefined when this person has an org already. */
export async function seedDemo(db: Db, owner: Person): Promise<OrgContext | undefined> {
  const orgs = await listOrgsOf(db, owner.id)
  if (orgs.length > 0) return undefined
  const template = readTemplate(demoFolder)
  if (template.errors.length > 0) throw new Error(`the demo org does not hold: ${template.errors.join(' ')}`)
  const { context } = await createOrgWith(db, { name: template.name, owner }, async (tx, made) => {
    await importInto(tx, made, { template, missingKeys: 'warn' })
    await awaitOpening(tx, template.name)
  })
  return context
}

/** Starts the demo org's opening work at the first sign-in; later calls do nothing. */
export async function startOpening(db: Db, orgId: OrgId, user: Person): Promise<void> {
  await startOpeningIn(await personInOrg(db, orgId, user))
}
