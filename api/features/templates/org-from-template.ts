import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { NewOrgFromTemplate } from '#shared/templates/library.ts'
import type { Origin } from '../../kernel/actor.ts'
import type { Db } from '../../kernel/db.ts'
import { createOrgWith } from '../orgs/index.ts'
import { importInto } from './import-template.ts'
import { libraryFolder } from './library.ts'
import { readTemplateFrom } from './read-template.ts'

type Person = Parameters<typeof createOrgWith>[1]['owner']

/** A new organisation with a template of the library in it, or none at all. Nothing runs. */
export async function orgFromTemplate(
  db: Db,
  { name, slug, owner, origin }: NewOrgFromTemplate & { owner: Person; origin: Origin | undefined },
): Promise<{ orgId: OrgId }> {
  const folder = libraryFolder(slug)
  if (!folder) throw new AppError('not-found', 'There is no such template.', { fix: 'Choose one of the list.' })
  const template = readTemplateFrom(folder)
  const { context } = await createOrgWith(db, { name, owner, origin }, (tx, made) =>
    importInto(tx, made, { template, missingKeys: 'warn' }),
  )
  return { orgId: context.orgId }
}
