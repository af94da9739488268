import { z } from 'zod'
import type { KeyProvider } from '../key-provider.ts'
import { askTwice, inTime, ServiceTrouble } from './ask-twice.ts'
import { type Called, mayPass, postJson } from './call-json.ts'
import { crc32c } from './crc32c.ts'
import { idAt, keyIdOf } from './key-id.ts'

export type GcpKmsOptions = {
  /** `projects/…/locations/…/keyRings/…/cryptoKeys/…` */
  key: string
  endpoint: string | undefined
  timeoutMs?: number
}

const Encrypted = z.object({
  name: z.string(),
  ciphertext: z.base64(),
  ciphertextCrc32c: z.coerce.number(),
  verifiedPlaintextCrc32c: z.boolean().optional(),
})
const Decrypted = z.object({ plaintext: z.base64(), plaintextCrc32c: z.coerce.number() })
const Refused = z.object({ error: z.object({ status: z.string().regex(/^[A-Z_]{2,40}$/) }) })

const scope = 'https://www.googleapis.com/auth/cloudkms'
const additionalAuthenticatedData = Buffer.from('delegraph data key').toString('base64')

/**
 * Data keys wrapped by Google Cloud KMS over its REST interface; what travels is checked by CRC32C on both sides.
 * Credentials come from where Google's library looks for them: GOOGLE_APPLICATION_CREDENTIALS, then the machine's account.
 */
export function openGcpKms({ key, endpoint, timeoutMs = 5_000 }: GcpKmsOptions): KeyProvider {
  const base = endpoint ?? 'https://cloudkms.googleapis.com'
  const service = { name: 'Google Cloud KMS', whereToLook: 'DELEGRAPH_GCP_KMS_ENDPOINT', timeoutMs }
  const login = openLogin(key.split('/')[1] ?? '', timeoutMs)

  const call = async (path: string, body: Record<string, string>): Promise<unknown> => {
    const url = new URL(`/v1/${path}`, base)
    const once = async () => postJson(service, url, { authorization: `Bearer ${await login.token()}` }, body)
    let answer = await once()
    if (answer.status === 401) {
      login.forget()
      answer = await once()
    }
    if (answer.status !== 200) throw refused(answer, path)
    return answer.body
  }

  return {
    name: 'gcp-kms',
    wrap: (dataKey) =>
      askTwice(async () => {
        const answer = Encrypted.safeParse(
          await call(`${key}:encrypt`, {
            plaintext: base64(dataKey),
            plaintextCrc32c: String(crc32c(dataKey)),
            additionalAuthenticatedData,
          }),
        )
        if (!answer.success || answer.data.verifiedPlaintextCrc32c !== true) throw damaged()
        return {
          keyId: keyIdOf('gcp-kms', answer.data.name),
          wrapped: checked(answer.data.ciphertext, answer.data.ciphertextCrc32c),
        }
      }),
    unwrap: ({ keyId, wrapped }) =>
      askTwice(async () => {
        // The service finds the version itself: only the key is asked.
        const answer = Decrypted.safeParse(
          await call(`${keyNameOf(keyId)}:decrypt`, {
            ciphertext: base64(wrapped),
            ciphertextCrc32c: String(crc32c(wrapped)),
            additionalAuthenticatedData,
          }),
        )
        if (!answer.success) throw damaged()
        return checked(answer.data.plaintext, answer.data.plaintextCrc32c)
      }),
  }
}

function keyNameOf(keyId: string): string {
  return idAt(
    'gcp-kms',
    keyId,
    /^(projects\/[\w:.-]+\/locations\/[\w-]+\/keyRings\/[\w-]+\/cryptoKeys\/[\w-]+)(?:\/cryptoKeyVersions\/\d+)?$/,
  )
}

/** Access tokens by Google's library, which knows every kind of credentials; it keeps one until it expires. */
function openLogin(projectId: string, timeoutMs: number) {
  const open = async () => {
    const { GoogleAuth } = await import('google-auth-library')
    // Told the project, the library looks for it nowhere else, such as in a program of Google's.
    return new GoogleAuth({ scopes: [scope], projectId })
  }
  let auth: ReturnType<typeof open> | undefined
  const tooLate = () => noToken(`did not answer within ${timeoutMs / 1_000} seconds`, true)
  return {
    async token(): Promise<string> {
      auth ??= open()
      const opened = auth
      const token = await inTime(timeoutMs, tooLate, async () => (await opened).getAccessToken()).catch(
        (error: unknown) => {
          auth = undefined
          throw error instanceof ServiceTrouble ? error : noToken('gave no access token', isFault(error), error)
        },
      )
      if (!token) throw noToken('gave no access token', false)
      return token
    },
    forget() {
      auth = undefined
    },
  }
}

function noToken(what: string, again: boolean, cause?: unknown): ServiceTrouble {
  return new ServiceTrouble(`Google's sign-in ${what}.`, {
    fix: 'Set GOOGLE_APPLICATION_CREDENTIALS to a credentials file that is still valid, or run on a machine with a service account.',
    mayPass: again,
    cause,
  })
}

/** A file that is missing or a refusal stays as it is; a fault of the service may pass. */
function isFault(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : Number.NaN
  return mayPass(status)
}

const fixes: Readonly<Record<string, string>> = {
  PERMISSION_DENIED: 'Give the service account roles/cloudkms.cryptoKeyEncrypterDecrypter on this key.',
  UNAUTHENTICATED: 'Correct the credentials that GOOGLE_APPLICATION_CREDENTIALS names.',
  NOT_FOUND: 'Correct DELEGRAPH_GCP_KMS_KEY: projects/…/locations/…/keyRings/…/cryptoKeys/…',
  FAILED_PRECONDITION: 'Enable the version of the key that wrapped this data key.',
  INVALID_ARGUMENT: 'If the row was changed, restore it from a backup or set the secret again.',
}

function refused({ status, body }: Called, path: string): ServiceTrouble {
  const said = Refused.safeParse(body)
  const word = said.success ? said.data.error.status : 'no reason'
  return new ServiceTrouble(`Google Cloud KMS refuses ${path} with ${status} (${word}).`, {
    fix: fixes[word] ?? 'Look at the state and the quota of Cloud KMS in this project.',
    mayPass: mayPass(status),
    isDamaged: word === 'INVALID_ARGUMENT' && path.endsWith(':decrypt'),
  })
}

function damaged(): ServiceTrouble {
  return new ServiceTrouble('What came from Google Cloud KMS was damaged on the way, or only half of it came.', {
    fix: 'Try again; if it stays so, look at what stands between this server and Cloud KMS.',
    mayPass: true,
  })
}

function checked(text: string, crc: number): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'))
  if (crc32c(bytes) !== crc) throw damaged()
  return bytes
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
