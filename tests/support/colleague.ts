import type { APIRequestContext, Browser } from '@playwright/test'
import { type Ide, openIde } from './ide.ts'
import type { Server } from './server.ts'
import { type Org, signedOut } from './test.ts'

const colleaguePassword = 'four words in a row'

/** Another person in a browser of their own, who has joined the org by an invitation of the owner. */
export async function colleague(
  browser: Browser,
  server: Server,
  { owner, org, name, role }: { owner: APIRequestContext; org: Org; name: string; role: 'member' | 'viewer' },
): Promise<Ide> {
  const headers = { origin: server.url }
  const email = `${name.toLowerCase().replaceAll(' ', '.')}.${org.id.slice(-8)}@example.com`
  const invited = await owner.post(`${server.url}/api/trpc/people.invite`, {
    headers,
    data: { orgId: org.id, email, role },
  })
  const { result } = await invited.json()
  const token: unknown = result.data.token
  const context = await browser.newContext({ baseURL: server.url, storageState: signedOut })
  const joined = await context.request.post('/api/invitations/accept', {
    headers,
    data: { token, name, password: colleaguePassword },
  })
  if (!joined.ok()) throw new Error(`${name} could not join: ${await joined.text()}`)
  return openIde(await context.newPage())
}
