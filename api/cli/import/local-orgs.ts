import { AppError } from '#shared/kernel/app-error.ts'
import type { ImportPlan, Template } from '#shared/templates/plan.ts'
import { createOrgWith } from '../../features/orgs/index.ts'
import { importInto, importTemplate, planTemplate } from '../../features/templates/index.ts'
import { personInOrg } from '../../kernel/trpc.ts'
import { findOrg, type Installation, onThisMachine } from '../on-this-machine.ts'

export type Import = { template: Template; missingKeys: 'warn' | 'refuse' }

/** Imports into the owner's org of that name or id; one that is not there is made, in the same transaction. */
export async function importLocally(installation: Installation, org: string, input: Import): Promise<ImportPlan> {
  return await onThisMachine(installation, async (db, owner) => {
    const found = await findOrg(db, owner, org)
    if (found) return await importTemplate(await personInOrg(db, found.id, owner), input)
    const { filled } = await createOrgWith(db, { name: org, owner }, (tx, context) => importInto(tx, context, input))
    return filled
  })
}

/** Compares with the owner's org of that name or id and changes nothing. */
export async function planLocally(installation: Installation, org: string, input: Import): Promise<ImportPlan> {
  return await onThisMachine(installation, async (db, owner) => {
    const found = await findOrg(db, owner, org)
    if (found) return await planTemplate(await personInOrg(db, found.id, owner), input)
    throw new AppError('not-found', `There is no organisation named ${JSON.stringify(org)}.`, {
      field: 'against',
      fix: 'Leave --against out to plan for a new one.',
    })
  })
}
