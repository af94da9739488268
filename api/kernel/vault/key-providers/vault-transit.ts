import { z } from 'zod'
import type { KeyProvider, WrappedKey } from '../key-provider.ts'
import { askTwice, ServiceTrouble } from './ask-twice.ts'
import { type Called, mayPass, postJson } from './call-json.ts'
import { idAt, keyIdOf } from './key-id.ts'
import { openVaultLogin, type VaultAuth } from './vault-login.ts'

export type VaultOptions = {
  address: string
  namespace: string | undefined
  /** Where the transit engine is mounted, `transit` by default. */
  mount: string
  key: string
  auth: VaultAuth
  timeoutMs?: number
}

const Encrypted = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v\d+:[\w+/=]+$/) }) })
const Decrypted = z.object({ data: z.object({ plaintext: z.base64() }) })

type VaultTransit = KeyProvider & Required<Pick<KeyProvider, 'rewrap'>>

/** Data keys wrapped by the transit engine of HashiCorp Vault or OpenBao, which speak the same. */
export function openVaultTransit({
  address,
  namespace,
  mount,
  key,
  auth,
  timeoutMs = 5_000,
}: VaultOptions): VaultTransit {
  const service = { name: 'Vault', whereToLook: 'VAULT_ADDR', timeoutMs }
  const base = new URL(address)
  const headers: Record<string, string> = {
    'x-vault-request': 'true',
    ...(namespace && { 'x-vault-namespace': namespace }),
  }
  const login = openVaultLogin(auth, { service, base, headers })

  const call = async (verb: string, at: string, body: Record<string, string>): Promise<unknown> => {
    const cut = at.lastIndexOf('/')
    const url = new URL(`/v1/${at.slice(0, cut)}/${verb}/${at.slice(cut + 1)}`, base)
    const once = async () => postJson(service, url, { ...headers, 'x-vault-token': await login.token() }, body)
    let answer = await once()
    // Vault says 403 to a token that has expired as to one that may not.
    if (answer.status === 403 && login.forget()) answer = await once()
    if (answer.status !== 200) throw refused(answer, verb, at)
    return answer.body
  }
  const here = `${mount}/${key}`

  const wrap = (dataKey: Uint8Array) =>
    askTwice(async () => {
      const plaintext = Buffer.from(dataKey).toString('base64')
      return keptAs(here, await call('encrypt', here, { plaintext }))
    })
  const unwrap = ({ keyId, wrapped }: WrappedKey) =>
    askTwice(async () => {
      const ciphertext = Buffer.from(wrapped).toString('utf8')
      const answer = Decrypted.safeParse(await call('decrypt', keyAt(keyId), { ciphertext }))
      if (!answer.success) throw halfAnswer()
      return new Uint8Array(Buffer.from(answer.data.data.plaintext, 'base64'))
    })

  return {
    name: 'vault',
    wrap,
    unwrap,
    /** By the newest version of the key; the data key does not leave Vault, unless it is to be wrapped by another one. */
    async rewrap(kept) {
      if (keyAt(kept.keyId) !== here) return await wrap(await unwrap(kept))
      return await askTwice(async () => {
        const ciphertext = Buffer.from(kept.wrapped).toString('utf8')
        return keptAs(here, await call('rewrap', here, { ciphertext }))
      })
    },
  }
}

/** `vault:transit/delegraph/v3` → `transit/delegraph`: the ciphertext itself tells Vault the version. */
function keyAt(keyId: string): string {
  return idAt('vault', keyId, /^([\w-]+(?:\/[\w-]+)*\/[\w-]+)\/v\d+$/)
}

function keptAs(at: string, body: unknown): WrappedKey {
  const answer = Encrypted.safeParse(body)
  if (!answer.success) throw halfAnswer()
  const { ciphertext } = answer.data.data
  const keyId = keyIdOf('vault', `${at}/${ciphertext.split(':')[1]}`)
  return { keyId, wrapped: new Uint8Array(Buffer.from(ciphertext, 'utf8')) }
}

function halfAnswer(): ServiceTrouble {
  return new ServiceTrouble('Vault gave only half an answer.', {
    fix: 'Look whether VAULT_ADDR really leads to Vault, and not to a proxy or its sign-in page.',
    mayPass: true,
  })
}

const Errors = z.object({ errors: z.array(z.string()) })

function refused({ status, body }: Called, verb: string, at: string): ServiceTrouble {
  const { why, fix } = reasonOf(status, verb, at)
  const said = Errors.safeParse(body).data?.errors ?? []
  return new ServiceTrouble(`Vault does not ${verb} with ${at}: ${why} (${status}).`, {
    fix,
    mayPass: mayPass(status),
    // Vault says 400 also where only a version of the key may not be used: that is no damage.
    isDamaged: status === 400 && said.some((text) => /message authentication failed|invalid ciphertext/.test(text)),
  })
}

function reasonOf(status: number, verb: string, at: string): { why: string; fix: string } {
  const [mount, key] = [at.slice(0, at.lastIndexOf('/')), at.slice(at.lastIndexOf('/') + 1)]
  if (status === 403) {
    const policy = `path "${mount}/${verb}/${key}" { capabilities = ["update"] }`
    return { why: 'the token has expired or may not', fix: `Renew the token, and give it a policy with ${policy}.` }
  }
  if (status === 404) {
    const fix = 'Correct DELEGRAPH_VAULT_KEY, DELEGRAPH_VAULT_MOUNT and VAULT_NAMESPACE.'
    return { why: 'there is no such key or mount', fix }
  }
  if (status === 400 && verb !== 'encrypt') {
    const fix = 'Lower min_decryption_version of the key; if the row was changed, restore it or set the secret again.'
    return { why: 'the wrapped data key was changed, or its version of the key is gone', fix }
  }
  if (status === 400) {
    const fix = `Make the key with: vault write -f ${mount}/keys/${key}`
    return { why: 'the key is missing or not one for encryption', fix }
  }
  if (status === 503) return { why: 'it is sealed', fix: 'Unseal Vault.' }
  return { why: 'it could not', fix: 'Look at the log of Vault.' }
}
