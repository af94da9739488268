import { resolveDataDir } from '../../kernel/data-dir.ts'
import { openLocalKeys } from '../../kernel/vault/local-key.ts'
import { openKeyProvider } from '../../kernel/vault/open-key-provider.ts'
import { requireWorking } from '../../kernel/vault/rotate.ts'

/** Wraps a random key and opens it again, as with a secret; the first key of this machine is not made for it. */
export async function checkKeyProvider(flag: string | undefined): Promise<string> {
  const dataDir = resolveDataDir(flag)
  const provider = openKeyProvider({ dataDir, env: process.env })
  if (provider.name === 'local' && openLocalKeys(dataDir).list().length === 0) {
    return 'local: a key file will be made with the first secret'
  }
  return `${await requireWorking(provider)} wraps and unwraps`
}
