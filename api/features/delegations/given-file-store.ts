import type { GivenFile } from '#shared/delegations/journal.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** The bytes of a file that was sent with words, as they were recorded then. */
export async function readGivenFile(
  reader: Reader,
  { id, sha256 }: Pick<GivenFile, 'id' | 'sha256'>,
): Promise<Uint8Array | undefined> {
  const row = await reader.row<{ content: Buffer }>(sql`
    select content from attachments where org_id = ${reader.orgId} and id = ${id} and sha256 = ${sha256}`)
  return row?.content
}
