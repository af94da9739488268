import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ServiceTrouble } from './ask-twice.ts'
import { mayPass, postJson, type Service } from './call-json.ts'

/** How this server proves itself to Vault. */
export type VaultAuth =
  | { kind: 'token'; token: string }
  /** A file that another program, such as Vault Agent, keeps fresh. */
  | { kind: 'token-file'; path: string }
  | { kind: 'approle'; mount: string; roleId: string; secretId: string }
  | { kind: 'kubernetes'; mount: string; role: string; tokenFile: string }

export type VaultLogin = {
  token(): Promise<string>
  /** The token was refused: the next one is fetched anew. False where there is no other to fetch. */
  forget(): boolean
}

const LoggedIn = z.object({ auth: z.object({ client_token: z.string().min(1), lease_duration: z.number() }) })

type Place = { service: Service; base: URL; headers: Record<string, string> }

export function openVaultLogin(auth: VaultAuth, place: Place): VaultLogin {
  if (auth.kind === 'token') return { token: async () => auth.token, forget: () => false }
  if (auth.kind === 'token-file') return { token: () => readToken(auth.path), forget: () => true }
  let kept: { token: string; until: number } | undefined
  let fetching: Promise<string> | undefined
  const fetchToken = async () => {
    const { client_token: token, lease_duration: seconds } = await logIn(auth, place)
    // Renewed a little early; a lease of 0 does not end.
    const until = seconds === 0 ? Number.POSITIVE_INFINITY : Date.now() + seconds * 800
    kept = { token, until }
    return token
  }
  return {
    async token() {
      if (kept && kept.until > Date.now()) return kept.token
      fetching ??= fetchToken().finally(() => {
        fetching = undefined
      })
      return await fetching
    },
    forget() {
      kept = undefined
      return true
    },
  }
}

type ByLogin = Extract<VaultAuth, { mount: string }>

async function logIn(auth: ByLogin, { service, base, headers }: Place) {
  const body =
    auth.kind === 'approle'
      ? { role_id: auth.roleId, secret_id: auth.secretId }
      : { role: auth.role, jwt: await readToken(auth.tokenFile) }
  const url = new URL(`/v1/auth/${auth.mount}/login`, base)
  const answer = await postJson(service, url, headers, body)
  const found = LoggedIn.safeParse(answer.body)
  if (answer.status === 200 && found.success) return found.data.auth
  const names =
    auth.kind === 'approle'
      ? 'DELEGRAPH_VAULT_ROLE_ID and DELEGRAPH_VAULT_SECRET_ID'
      : 'DELEGRAPH_VAULT_KUBERNETES_ROLE'
  throw new ServiceTrouble(`Vault refuses the login by ${auth.kind} at auth/${auth.mount} (${answer.status}).`, {
    fix: `Correct ${names}, or DELEGRAPH_VAULT_AUTH_MOUNT if it is mounted elsewhere.`,
    mayPass: mayPass(answer.status) || answer.status === 200,
  })
}

async function readToken(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (cause) {
    throw new ServiceTrouble(`The token file ${path} cannot be read.`, {
      fix: 'Let this server read it, or correct its path.',
      mayPass: false,
      cause,
    })
  }
}
