import { createTRPCClient, httpBatchLink } from '@trpc/client'
import type { AppRouter } from '#api/router.ts'

export type Client = Awaited<ReturnType<typeof signIn>>

/** Uses the one-time link up, as the page does, and speaks to the server with the cookie it gives. */
export async function signIn(url: string, signInUrl: string) {
  const token = new URLSearchParams(new URL(signInUrl).hash.slice(1)).get('token') ?? ''
  const answer = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  if (!answer.ok) throw new Error(`The sign-in link was refused: ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const headers = { origin: url, cookie }
  const trpc = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${url}/api/trpc`, headers, maxURLLength: 8_000, maxItems: 20 })],
  })
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}/api${path}`, { ...init, headers: { ...headers, ...init.headers } })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response
  }
  return { trpc, send }
}
