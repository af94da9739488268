import { callAcrossOrgs, type Db } from '../db.ts'
import { sql } from '../sql.ts'
import { openLocalKeys, requireLocalKeys } from './local-key.ts'
import { setKeyProvider } from './of-db.ts'
import { openKeyProvider } from './open-key-provider.ts'

type Options = { dataDir: string; env: Readonly<Record<string, string | undefined>> }

/**
 * Lets this process read and write secrets. Refuses where a key file of the data folder is gone that some are wrapped by: a
 * server that came up without it would fail later, one call after the other.
 */
export async function openVault(db: Db, { dataDir, env }: Options): Promise<void> {
  const inUse = await callAcrossOrgs<{ keyId: string }>(db, sql`select key_id as "keyId" from wrapping_keys_in_use()`)
  requireLocalKeys(
    openLocalKeys(dataDir),
    dataDir,
    inUse.map(({ keyId }) => keyId),
  )
  setKeyProvider(db, openKeyProvider({ dataDir, env }))
}
