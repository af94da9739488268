import { mayAs } from '#shared/policies.ts'
import type { OrgContext } from '../../kernel/actor.ts'

/** Admins answer for all keys of the org; everybody for those they hold. */
export function seesAllKeys({ actor }: OrgContext): boolean {
  return actor.kind === 'system' || ('role' in actor && mayAs(actor.role, 'keys.org.write'))
}
