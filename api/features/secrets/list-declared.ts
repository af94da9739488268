import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { DeclaredKeys } from '#shared/secrets/contract.ts'
import { namesDeclared, needsOf } from '#shared/secrets/needs.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { declaringOf } from './declaring.ts'
import { selectDeclaringOne } from './need-store.ts'
import { selectNames } from './version-store.ts'

/** Every name a workspace declares or its model takes, and whose value it gets. */
export async function listDeclared(context: OrgContext, workspaceId: WorkspaceId): Promise<DeclaredKeys> {
  requireMay(context, 'secrets.read')
  const { row, ofOrg } = await inSnapshot(context.db, context.orgId, async (reader) => {
    const [row, ofOrg] = await Promise.all([selectDeclaringOne(reader, workspaceId), selectNames(reader, null)])
    return { row, ofOrg: new Set<string>(ofOrg) }
  })
  if (!row) throw new AppError('not-found', 'There is no such workspace.')
  const declaring = declaringOf(row)
  const strict = new Set(needsOf(declaring).required.flatMap(({ anyOf }) => (anyOf.length === 1 ? anyOf : [])))
  return [...namesDeclared(declaring)].sort().map((name) => ({
    name,
    isRequired: strict.has(name),
    from: row.ownNames.includes(name) ? 'workspace' : ofOrg.has(name) ? 'organisation' : 'nowhere',
  }))
}
