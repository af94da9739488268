let claims: Map<string, Promise<void>> | undefined

/** The one-time token of the link, taken out of the address at once so that it stays in no history. */
export function takeToken(): string | undefined {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token')
  if (!token) return [...(claims?.keys() ?? [])].at(-1)
  window.history.replaceState(window.history.state, '', window.location.pathname)
  claims ??= new Map()
  return token
}

/** Trades the token for a session cookie. Asked twice for one token, it sends it once; throws what `readProblem` reads. */
export function claimLink(token: string): Promise<void> {
  claims ??= new Map()
  const known = claims.get(token)
  if (known) return known
  const claim = post('/api/sign-in', { token })
  claims.set(token, claim)
  // Kept only while it is under way: who comes to this page later, signed out, has no link.
  const forget = () => claims?.delete(token)
  claim.then(forget, forget)
  return claim
}

/** Ends the session here and every stream of it. */
export function signOut(): Promise<void> {
  return post('/api/sign-out', {})
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (answer.ok) return
  const refusal: { error?: { data?: unknown } } = await answer.json()
  throw Object.assign(new Error('refused'), { data: refusal.error?.data })
}
