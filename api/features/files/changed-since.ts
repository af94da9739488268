import { AppError } from '#shared/kernel/app-error.ts'
import type { Tx } from '../../kernel/db.ts'
import { isTaken, type KnownHead } from './store.ts'

/** Refuses to take something back that was done to a file under a path it does not have any more. */
export function requireCalled(head: KnownHead, path: string): void {
  if (head.path !== path) throw changedSince(`${path} is called ${head.path} now.`)
}

/** Refuses where another file lives under this path. */
export async function requireFree(tx: Tx, head: KnownHead, path: string): Promise<void> {
  if (await isTaken(tx, head.workspaceId, path)) {
    throw changedSince(`There is another ${path} now.`, 'Rename or delete that one first.')
  }
}

export function changedSince(message: string, fix = 'Nothing was changed.'): AppError {
  return new AppError('conflict', message, { fix })
}
