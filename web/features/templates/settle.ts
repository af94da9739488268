import type { OrgId } from '#shared/kernel/ids.ts'
import type { ImportId } from '#shared/templates/import.ts'
import { client } from '../../kernel/trpc.ts'

/** The id is ours to choose, so that the outcome can be asked for even when no answer came. */
export function newImportId(): ImportId {
  const id: string = crypto.randomUUID()
  if (isImportId(id)) return id
  throw new Error('the browser made no id')
}

function isImportId(value: string): value is ImportId {
  return value.length === 36
}

const tries = 10

/** Ends an import unless it is done, and gives what became of it; undefined where the server stays away. */
export async function settle(orgId: OrgId, importId: ImportId): Promise<'done' | 'cancelled' | undefined> {
  for (let time = 0; time < tries; time++) {
    try {
      const { outcome } = await client.templates.cancelImport.mutate({ orgId, importId })
      return outcome
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500 * (time + 1)))
    }
  }
  return undefined
}
