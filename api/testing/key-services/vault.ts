import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Answered, openLoopbackService } from './loopback-service.ts'
import { openWith, sealWith } from './sealing.ts'

const Call = z.record(z.string(), z.string())

/** Vault's HTTP interface: transit encrypt, decrypt and rewrap with a versioned key, logins by AppRole and Kubernetes. */
export async function openVaultService() {
  const state = {
    versions: [randomBytes(32)],
    tokens: new Set(['root-token']),
    leaseSeconds: 3_600,
    namespace: noNamespace(),
  }
  const logIn = (): Answered => {
    const token = `hvs.${randomBytes(12).toString('hex')}`
    state.tokens.add(token)
    return { status: 200, body: { auth: { client_token: token, lease_duration: state.leaseSeconds, renewable: true } } }
  }
  const encrypt = (plain: Uint8Array) => {
    const version = state.versions.length
    return `vault:v${version}:${sealWith(state.versions[version - 1] ?? randomBytes(32), '', plain).toString('base64')}`
  }
  const decrypt = (ciphertext: string) => {
    const [, version = '', sealed = ''] = /^vault:v(\d+):(.+)$/.exec(ciphertext) ?? []
    const key = state.versions[Number(version) - 1]
    return key && openWith(key, '', Buffer.from(sealed, 'base64'))
  }
  const service = await openLoopbackService(({ path, headers, body }) => {
    if (headers['x-vault-namespace'] !== state.namespace) return vaultRefusal(404)
    const call = Call.parse(JSON.parse(body))
    if (path === '/v1/auth/approle/login') {
      return call.role_id === 'role' && call.secret_id === 'secret'
        ? logIn()
        : vaultRefusal(400, 'invalid role or secret ID')
    }
    if (path === '/v1/auth/kubernetes/login') {
      return call.role === 'delegraph' && call.jwt === 'service-account' ? logIn() : vaultRefusal(403)
    }
    if (!state.tokens.has(String(headers['x-vault-token']))) return vaultRefusal(403, 'permission denied')
    const plain = call.plaintext ? Buffer.from(call.plaintext, 'base64') : decrypt(call.ciphertext ?? '')
    if (!path.endsWith('/delegraph')) return vaultRefusal(404)
    if (!plain) return vaultRefusal(400, 'cipher: message authentication failed')
    if (path.startsWith('/v1/transit/decrypt/'))
      return { status: 200, body: { data: { plaintext: plain.toString('base64') } } }
    return { status: 200, body: { data: { ciphertext: encrypt(plain), key_version: state.versions.length } } }
  })
  return { ...service, state }
}

export function vaultRefusal(status: number, text?: string): Answered {
  return { status, body: { errors: text ? [text] : [] } }
}

function noNamespace(): string | undefined {
  return undefined
}
