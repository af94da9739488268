import { AppError } from '#shared/kernel/app-error.ts'
import type { RemoveAlias, SetAlias } from '#shared/models/contract.ts'
import { isRehearsal, resolveModel } from '#shared/models/resolve-model.ts'
import { actorName, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { deleteAlias, selectAliases, upsertAlias } from './alias-store.ts'

/** From now on work that begins in a workspace with this name asks that model. Work that began keeps its own. */
export async function setAlias(context: OrgContext, { name, model }: Omit<SetAlias, 'orgId'>): Promise<void> {
  requireMay(context, 'models.aliases.write')
  if (isRehearsal(name)) {
    throw new AppError('bad-input', 'The rehearsal model stays what it is.', {
      field: 'name',
      fix: 'Take another name.',
    })
  }
  await inTransaction(context, async (tx) => {
    const own = await selectAliases(tx)
    const full = resolveModel(model, own)
    if (!full.includes(':') && !isRehearsal(full)) {
      throw new AppError('bad-input', `${model} is no model we can tell the provider of.`, {
        field: 'model',
        fix: 'Write it as provider:model, e.g. groq:llama-3.3-70b-versatile.',
      })
    }
    await upsertAlias(tx, { name, model: full, byName: actorName(context.actor) })
    tx.tell({ type: 'model-alias.set', payload: { name, model: full } })
  })
}

/** The name means again what it means without the organisation. */
export async function removeAlias(context: OrgContext, { name }: Omit<RemoveAlias, 'orgId'>): Promise<void> {
  requireMay(context, 'models.aliases.write')
  await inTransaction(context, async (tx) => {
    if (await deleteAlias(tx, name)) tx.tell({ type: 'model-alias.set', payload: { name, model: null } })
  })
}
