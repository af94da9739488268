import { AppError } from '#shared/kernel/app-error.ts'
import { KeyId } from '#shared/kernel/ids.ts'
import { type CreatedKey, CreateKey } from '#shared/keys/contract.ts'
import { isAtLeast, type Rule } from '#shared/orgs/permission.ts'
import { policies } from '#shared/policies.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { makeToken } from '../../kernel/machines/token.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { countLiving, insertKey, presentKey } from './key-store.ts'

const maxKeys = 200
const Input = CreateKey.omit({ orgId: true })

/**
 * A key of one's own, or of a machine of the org, with a role no higher than that of whoever makes it. The answer is the only
 * place where the key itself is ever seen.
 */
export async function createKey(context: OrgContext, given: Omit<CreateKey, 'orgId'>): Promise<CreatedKey> {
  const { actor } = context
  const input = Input.parse(given)
  requireMay(context, input.holder === 'machine' ? 'keys.org.write' : 'keys.own.write')
  if (actor.kind !== 'person') throw new AppError('forbidden', 'Keys are made by people.')
  if (!isAtLeast(actor.role, input.role)) {
    throw new AppError('forbidden', `Your role is ${actor.role}, so no key you make can be ${input.role}.`, {
      field: 'role',
      fix: `Choose ${actor.role} or less.`,
    })
  }
  requireGrantable(input.permissions ?? [])
  const { token, shown, hash } = makeToken('dgk')
  const id = KeyId.parse(uuidv7())
  const row = await inTransaction(context, async (tx) => {
    if ((await countLiving(tx)) >= maxKeys) {
      throw new AppError('conflict', `An organisation has at most ${maxKeys} keys.`, { fix: 'Revoke some first.' })
    }
    const { name, role, permissions, days, holder } = input
    const userId = holder === 'me' ? actor.userId : null
    const kept = await insertKey(tx, { id, name, userId, role, permissions, shown, hash, days, by: actor })
    tx.tell({ type: 'key.created', payload: { keyId: id, role, holder: userId ? 'person' : 'machine' } })
    return kept
  })
  return { key: presentKey(row, actor.userId), token }
}

function requireGrantable(permissions: readonly string[]): void {
  const known = new Map<string, Rule>(Object.entries(policies))
  const stray = permissions.find((name) => !known.has(name) || known.get(name)?.inPerson)
  if (stray === undefined) return
  throw new AppError('bad-input', `${stray} is nothing a key can be allowed.`, { field: 'permissions' })
}
