import type { OpenInvitation } from '#shared/orgs/people-contract.ts'

const place = 'delegraph.invitation'

/** The token of the link, taken out of the address at once; it outlives a detour to the sign-in page in this tab only. */
export function takeInvitation(): string | undefined {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token')
  if (token) {
    window.history.replaceState(window.history.state, '', window.location.pathname)
    window.sessionStorage.setItem(place, token)
  }
  return token ?? window.sessionStorage.getItem(place) ?? undefined
}

export function forgetInvitation(): void {
  window.sessionStorage.removeItem(place)
}

export function lookAtInvitation(token: string): Promise<OpenInvitation> {
  return post<OpenInvitation>('look', { token })
}

/** With a name and a password it makes the account too. */
export function acceptInvitation(body: {
  token: string
  name?: string
  password?: string
}): Promise<{ orgId: string }> {
  return post<{ orgId: string }>('accept', body)
}

async function post<T>(act: 'look' | 'accept', body: object): Promise<T> {
  const answer = await fetch(`/api/invitations/${act}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (answer.ok) return await answer.json()
  const refusal: { error?: { data?: unknown } } = await answer.json()
  throw Object.assign(new Error('refused'), { data: refusal.error?.data })
}
