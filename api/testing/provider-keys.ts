import { setSecrets } from '../features/secrets/index.ts'
import type { OrgContext } from '../kernel/actor.ts'

/** The org's key for a provider that a test stands in for; DELEGRAPH_ALLOWED_ADDRESSES must list its address. */
export async function giveOpenAiKey(context: OrgContext, { key, port }: { key: string; port: number }): Promise<void> {
  const entries = [
    { name: 'OPENAI_API_KEY', value: key },
    { name: 'OPENAI_BASE_URL', value: `http://127.0.0.1:${port}/v1` },
  ]
  await setSecrets(context, { workspaceId: null, entries })
}
