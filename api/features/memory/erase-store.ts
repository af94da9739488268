import { callAcrossOrgs, type Db } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** What was forgotten over a day ago is gone for good. Any number of nodes may do it at once. */
export async function eraseForgotten(db: Db): Promise<void> {
  await callAcrossOrgs(db, sql`select erase_forgotten()`)
}
