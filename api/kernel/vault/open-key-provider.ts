import { AppError } from '#shared/kernel/app-error.ts'
import type { KeyProvider } from './key-provider.ts'
import { openAwsKms, regionOf } from './key-providers/aws-kms.ts'
import { openGcpKms } from './key-providers/gcp-kms.ts'
import { rememberKeys } from './key-providers/remember-keys.ts'
import type { VaultAuth } from './key-providers/vault-login.ts'
import { openVaultTransit } from './key-providers/vault-transit.ts'
import { createKeyRing } from './key-ring.ts'
import { openLocalKeys } from './local-key.ts'

type Env = Readonly<Record<string, string | undefined>>
type Names = keyof ReturnType<typeof openers>

/**
 * Who wraps data keys, as DELEGRAPH_KEY_PROVIDER says: local (the default), aws-kms, gcp-kms or vault. Refuses, naming the
 * variable and the fix, what is unknown or incomplete; asks nobody yet. Providers of before still unwrap.
 */
export function openKeyProvider({ dataDir, env }: { dataDir: string; env: Env }): KeyProvider {
  const open = openers(dataDir, env)
  const wanted = given(env, 'DELEGRAPH_KEY_PROVIDER') ?? 'local'
  if (!isName(wanted, open)) {
    throw new AppError('bad-input', `There is no key provider "${wanted}".`, {
      field: 'DELEGRAPH_KEY_PROVIDER',
      fix: `Set DELEGRAPH_KEY_PROVIDER to ${Object.keys(open).join(', ')}, or unset it to use a key file of this machine.`,
    })
  }
  return createKeyRing(open[wanted](), open)
}

function openers(dataDir: string, env: Env) {
  return {
    local: (): KeyProvider => {
      const keys = openLocalKeys(dataDir)
      return { ...keys, renewKey: keys.makeKey }
    },
    'aws-kms': (): KeyProvider => rememberKeys(awsKms(env)),
    'gcp-kms': (): KeyProvider => rememberKeys(gcpKms(env)),
    vault: (): KeyProvider => {
      const vault = vaultTransit(env)
      return { ...rememberKeys(vault), rewrap: vault.rewrap }
    },
  }
}

function isName(name: string, open: Readonly<Record<Names, unknown>>): name is Names {
  return Object.hasOwn(open, name)
}

function awsKms(env: Env) {
  const key = required(env, 'DELEGRAPH_AWS_KMS_KEY', 'the ARN of a symmetric KMS key')
  const region = given(env, 'AWS_REGION') ?? given(env, 'AWS_DEFAULT_REGION')
  if (!regionOf(key) && !region) {
    throw missing('AWS_REGION', 'the region of the key, or name the key by its whole ARN')
  }
  return openAwsKms({ key, region, endpoint: address(env, 'DELEGRAPH_AWS_KMS_ENDPOINT') })
}

function gcpKms(env: Env) {
  const what = 'the name of the key: projects/…/locations/…/keyRings/…/cryptoKeys/…'
  const key = required(env, 'DELEGRAPH_GCP_KMS_KEY', what)
  if (!/^projects\/[\w:.-]+\/locations\/[\w-]+\/keyRings\/[\w-]+\/cryptoKeys\/[\w-]+$/.test(key)) {
    throw wrong('DELEGRAPH_GCP_KMS_KEY', what)
  }
  return openGcpKms({ key, endpoint: address(env, 'DELEGRAPH_GCP_KMS_ENDPOINT') })
}

function vaultTransit(env: Env) {
  const vaultAddress = address(env, 'VAULT_ADDR')
  if (!vaultAddress) throw missing('VAULT_ADDR', 'the address of Vault or OpenBao, such as https://vault.example:8200')
  const key = required(env, 'DELEGRAPH_VAULT_KEY', 'the name of a key of the transit engine')
  if (!/^[\w-]+$/.test(key)) throw wrong('DELEGRAPH_VAULT_KEY', 'letters, digits, - and _ only')
  const mount = given(env, 'DELEGRAPH_VAULT_MOUNT') ?? 'transit'
  if (!/^[\w-]+(\/[\w-]+)*$/.test(mount)) throw wrong('DELEGRAPH_VAULT_MOUNT', 'the path of the transit engine')
  return openVaultTransit({
    address: vaultAddress,
    namespace: given(env, 'VAULT_NAMESPACE'),
    mount,
    key,
    auth: vaultAuth(env),
  })
}

const podToken = '/var/run/secrets/kubernetes.io/serviceaccount/token'

function vaultAuth(env: Env): VaultAuth {
  const mount = given(env, 'DELEGRAPH_VAULT_AUTH_MOUNT')
  if (mount !== undefined && !/^[\w-]+(\/[\w-]+)*$/.test(mount)) {
    throw wrong('DELEGRAPH_VAULT_AUTH_MOUNT', 'the path of the auth method, such as approle')
  }
  const roleId = given(env, 'DELEGRAPH_VAULT_ROLE_ID')
  if (roleId) {
    const secretId = required(env, 'DELEGRAPH_VAULT_SECRET_ID', 'the secret id of this AppRole')
    return { kind: 'approle', mount: mount ?? 'approle', roleId, secretId }
  }
  const role = given(env, 'DELEGRAPH_VAULT_KUBERNETES_ROLE')
  if (role) {
    const tokenFile = given(env, 'DELEGRAPH_VAULT_KUBERNETES_TOKEN_FILE') ?? podToken
    return { kind: 'kubernetes', mount: mount ?? 'kubernetes', role, tokenFile }
  }
  const path = given(env, 'DELEGRAPH_VAULT_TOKEN_FILE')
  if (path) return { kind: 'token-file', path }
  const what = 'a token, or use DELEGRAPH_VAULT_TOKEN_FILE, DELEGRAPH_VAULT_ROLE_ID or DELEGRAPH_VAULT_KUBERNETES_ROLE'
  return { kind: 'token', token: required(env, 'VAULT_TOKEN', what) }
}

function given(env: Env, name: string): string | undefined {
  return env[name]?.trim() || undefined
}

function required(env: Env, name: string, what: string): string {
  const value = given(env, name)
  if (value) return value
  throw missing(name, what)
}

function address(env: Env, name: string): string | undefined {
  const value = given(env, name)
  if (value === undefined) return undefined
  const url = URL.parse(value)
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return value
  throw wrong(name, 'an address that begins with https://')
}

function missing(name: string, what: string): AppError {
  return new AppError('bad-input', `The key provider needs ${name}, which is not set.`, {
    field: name,
    fix: `Set ${name} to ${what}.`,
  })
}

function wrong(name: string, what: string): AppError {
  return new AppError('bad-input', `${name} is not valid.`, { field: name, fix: `Set ${name} to ${what}.` })
}
