import type { IncomingHttpHeaders } from 'node:http'

/** What better-auth gets to see of a request; it believes nothing else a client says. */
export function onlyCookies({ cookie, 'user-agent': agent }: IncomingHttpHeaders): Headers {
  return new Headers({ ...(cookie ? { cookie } : {}), ...(agent ? { 'user-agent': agent.slice(0, 300) } : {}) })
}

/** For passkeys, which are bound to the page they are used on. The Origin was checked to be ours before. */
export function cookiesAndOrigin(given: IncomingHttpHeaders): Headers {
  const headers = onlyCookies(given)
  if (given.origin) headers.set('origin', given.origin)
  return headers
}

/** The value of one cookie of a request. */
export function cookieNamed({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
  const parts = cookie?.split(/;\s*/) ?? []
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1)
}
