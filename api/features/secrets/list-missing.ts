import type { MissingInput, MissingKeys } from '#shared/secrets/contract.ts'
import { missingOf, type Need, needsOf } from '#shared/secrets/needs.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { declaringOf } from './declaring.ts'
import { selectDeclaring } from './need-store.ts'
import { selectNames } from './version-store.ts'

/** Which workspaces lack which keys; those that lack none are left out. */
export async function listMissing(
  context: OrgContext,
  { models = 'as-now' }: { models?: MissingInput['models'] } = {},
): Promise<MissingKeys> {
  requireMay(context, 'secrets.missing.read')
  const { rows, ofOrg } = await inSnapshot(context.db, context.orgId, async (reader) => {
    const [rows, ofOrg] = await Promise.all([selectDeclaring(reader), selectNames(reader, null)])
    return { rows, ofOrg }
  })
  const all = rows.map((row) => {
    const asked = models === 'real' ? { ...row, rehearses: false } : row
    const missing = missingOf(needsOf(declaringOf(asked)), new Set([...ofOrg, ...row.ownNames]))
    const { id: workspaceId, name: workspaceName, model } = row
    const [required, recommended] = [missing.required.map(plain), missing.recommended.map(plain)]
    return { workspaceId, workspaceName, model, required, recommended }
  })
  return all.filter(({ required, recommended }) => required.length + recommended.length > 0)
}

function plain({ anyOf, forModel }: Need): { anyOf: string[]; forModel: boolean } {
  return { anyOf: [...anyOf], forModel }
}
