import { isIP } from 'node:net'
import { AppError } from '#shared/kernel/app-error.ts'

export type OidcConfig = { issuer: string; clientId: string; clientSecret: string; name: string }

export type IdentityConfig = {
  /** Where people reach this server, when that is not the address it listens on. */
  publicUrl: URL | null
  isSignUpOpen: boolean
  oidc: OidcConfig | null
}

/** What a server on one's own machine does. */
export const localConfig: IdentityConfig = { publicUrl: null, isSignUpOpen: false, oidc: null }

type Env = Readonly<Record<string, string | undefined>>

/**
 * Reads and checks what the operator asked for. Refuses what would open this server to strangers by mistake: listening
 * beyond this machine without a public https address, and sign-up for everybody without saying so twice.
 */
export function readIdentityConfig(env: Env, host: string): IdentityConfig {
  const publicUrl = readPublicUrl(env.DELEGRAPH_PUBLIC_URL)
  if (!isLoopback(host) && !publicUrl) throw notOnlyHere(host)
  const isSignUpOpen = readSignUp(env.DELEGRAPH_SIGN_UP)
  const isReachable = !isLoopback(host) || (publicUrl !== null && !isLoopback(publicUrl.hostname))
  if (isSignUpOpen && isReachable && env.DELEGRAPH_SIGN_UP_PUBLIC !== 'yes') throw openToEverybody()
  return { publicUrl, isSignUpOpen, oidc: readOidc(env) }
}

export function isLoopback(host: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/i.test(host)
}

/** The name passkeys are bound to: none where people come by an IP address. */
export function passkeyHostOf({ publicUrl }: IdentityConfig): string {
  return publicUrl && isIP(publicUrl.hostname.replace(/^\[|\]$/g, '')) === 0 ? publicUrl.hostname : 'localhost'
}

function readPublicUrl(text: string | undefined): URL | null {
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isRoot = url && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  const isSafe = url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
  if (url && isRoot && isSafe) return url
  throw new AppError('bad-input', 'DELEGRAPH_PUBLIC_URL is not an address that people could sign in at.', {
    field: 'DELEGRAPH_PUBLIC_URL',
    fix: 'Give it as https://name or https://name:port, without a path. Plain http is only for this machine.',
  })
}

function readSignUp(text: string | undefined): boolean {
  if (!text || text === 'closed') return false
  if (text === 'open') return true
  throw new AppError('bad-input', `DELEGRAPH_SIGN_UP cannot be ${text}.`, {
    field: 'DELEGRAPH_SIGN_UP',
    fix: 'Set it to open, or leave it out.',
  })
}

function readOidc(env: Env): OidcConfig | null {
  const { DELEGRAPH_OIDC_ISSUER: issuer, DELEGRAPH_OIDC_CLIENT_ID: clientId } = env
  const { DELEGRAPH_OIDC_CLIENT_SECRET: clientSecret, DELEGRAPH_OIDC_NAME: name } = env
  if (!issuer && !clientId && !clientSecret) return null
  if (!issuer || !clientId || !clientSecret) {
    throw new AppError('bad-input', 'Sign-in by another provider is configured in part.', {
      fix: 'Set DELEGRAPH_OIDC_ISSUER, DELEGRAPH_OIDC_CLIENT_ID and DELEGRAPH_OIDC_CLIENT_SECRET, or none of them.',
    })
  }
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) {
    throw new AppError('bad-input', 'DELEGRAPH_OIDC_ISSUER is not an https address.', {
      field: 'DELEGRAPH_OIDC_ISSUER',
    })
  }
  return { issuer, clientId, clientSecret, name: name?.trim().slice(0, 40) || url.hostname }
}

function notOnlyHere(host: string): AppError {
  return new AppError(
    'bad-input',
    `Listening on ${host} would let others in, but there is no public address for them.`,
    {
      field: 'host',
      fix: 'Set DELEGRAPH_PUBLIC_URL to the https address people use. To work from another machine alone, leave out --host and forward the port: ssh -L 7410:127.0.0.1:7410 USER@THIS-MACHINE',
    },
  )
}

function openToEverybody(): AppError {
  return new AppError('forbidden', 'Anybody who reaches this server could make an account.', {
    field: 'DELEGRAPH_SIGN_UP',
    fix: 'Leave out DELEGRAPH_SIGN_UP and invite people, or set DELEGRAPH_SIGN_UP_PUBLIC=yes as well if you mean it.',
  })
}
