import { AppError } from '#shared/kernel/app-error.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'

/** Whose conversations these are. */
export function personOf({ actor }: OrgContext): UserId {
  if (actor.kind === 'person') return actor.userId
  throw new AppError('forbidden', 'Only people have conversations.')
}
