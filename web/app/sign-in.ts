import type { OidcProblem } from '#shared/account/contract.ts'

let claims: Map<string, Promise<void>> | undefined

/** The one-time token of the link, taken out of the address at once so that it stays in no history. */
export function takeToken(): string | undefined {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token')
  if (!token) return [...(claims?.keys() ?? [])].at(-1)
  window.history.replaceState(window.history.state, '', window.location.pathname)
  claims ??= new Map()
  return token
}

const problems: Readonly<Record<OidcProblem, { title: string; fix: string }>> = {
  refused: { title: 'The other provider did not let you in.', fix: 'Try again there, or sign in another way.' },
  stranger: {
    title: 'You have no account here yet.',
    fix: 'Ask an owner or admin of your organisation to invite you.',
  },
  unproven: {
    title: 'The other provider does not vouch for your e-mail address.',
    fix: 'Confirm the address there, or sign in another way.',
  },
  'connect-first': {
    title: 'Your address has an account here that is not connected yet.',
    fix: 'Sign in with your password once, then connect the provider in Settings, Account.',
  },
  taken: {
    title: 'This login is connected to another account here.',
    fix: 'Sign in with it, or disconnect it there first.',
  },
  expired: { title: 'This sign-in took too long or began in another browser.', fix: 'Start again.' },
  failed: {
    title: 'The sign-in with the other provider failed.',
    fix: 'Try again; the log of the server has the cause.',
  },
}

/** What went wrong at another provider: only a word of ours travels in the address, never a text. */
export function takeProblem(): { title: string; fix: string } | undefined {
  const word = new URLSearchParams(window.location.hash.slice(1)).get('problem')
  if (word === null) return undefined
  window.history.replaceState(window.history.state, '', window.location.pathname)
  return isProblem(word) ? problems[word] : undefined
}

function isProblem(word: string): word is OidcProblem {
  return Object.hasOwn(problems, word)
}

/** Where the person was when the session ended: only ever a page of ours. */
export function takeReturn(): string | undefined {
  const back = new URLSearchParams(window.location.hash.slice(1)).get('back')
  return back !== null && /^(\/invite|\/o\/[0-9a-f-]{36}(\/audit)?(\?[^#]*)?)$/i.test(back) ? back : undefined
}

/** The part behind the # that leads back here after the sign-in. */
export function returnHere(): string {
  const { pathname, search } = window.location
  return new URLSearchParams({ back: `${pathname}${search}` }).toString()
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
