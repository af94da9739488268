import type { KMSClient } from '@aws-sdk/client-kms'
import type { KeyProvider, WrappedKey } from '../key-provider.ts'
import { askTwice, ServiceTrouble } from './ask-twice.ts'
import { idAt, keyIdOf } from './key-id.ts'

export type AwsKmsOptions = {
  /** Id, ARN or alias of a symmetric key. */
  key: string
  region: string | undefined
  /** Instead of AWS's own address: a VPC endpoint, or a service that speaks the same. */
  endpoint: string | undefined
  timeoutMs?: number
}

/** Bound into every ciphertext and shown in CloudTrail: what wrapped something else is no data key of ours. */
const EncryptionContext = { application: 'delegraph', purpose: 'data-key' }

/** Data keys wrapped by AWS KMS. Credentials come from where the SDK looks for them: environment, profile, role of the machine. */
export function openAwsKms({ key, region, endpoint, timeoutMs = 5_000 }: AwsKmsOptions): KeyProvider {
  const clients = new Map<string, Promise<KMSClient>>()
  const clientIn = (where: string) => {
    const known = clients.get(where) ?? connect(where, endpoint, timeoutMs)
    clients.set(where, known)
    return known
  }
  const homeRegion = regionOf(key) ?? region ?? ''

  return {
    name: 'aws-kms',
    wrap: (dataKey) =>
      askTwice(async () => {
        const { EncryptCommand } = await import('@aws-sdk/client-kms')
        const client = await clientIn(homeRegion)
        const command = new EncryptCommand({ KeyId: key, Plaintext: dataKey, EncryptionContext })
        const answer = await client.send(command).catch((error: unknown) => told(error, key))
        if (!answer.CiphertextBlob || !answer.KeyId) throw halfAnswer()
        return { keyId: keyIdOf('aws-kms', answer.KeyId), wrapped: answer.CiphertextBlob }
      }),
    unwrap: (kept: WrappedKey) =>
      askTwice(async () => {
        const { DecryptCommand } = await import('@aws-sdk/client-kms')
        const arn = idAt('aws-kms', kept.keyId, /^arn:[\w-]+:kms:[\w-]+:\d+:key\/[\w-]+$/)
        const client = await clientIn(regionOf(arn) ?? homeRegion)
        const command = new DecryptCommand({ KeyId: arn, CiphertextBlob: kept.wrapped, EncryptionContext })
        const answer = await client.send(command).catch((error: unknown) => told(error, arn))
        if (!answer.Plaintext) throw halfAnswer()
        return answer.Plaintext
      }),
  }
}

async function connect(region: string, endpoint: string | undefined, timeoutMs: number): Promise<KMSClient> {
  const { KMSClient } = await import('@aws-sdk/client-kms')
  return new KMSClient({
    region,
    ...(endpoint && { endpoint }),
    // The second try is ours, so that it is one with every provider.
    maxAttempts: 1,
    requestHandler: { requestTimeout: timeoutMs, connectionTimeout: timeoutMs, throwOnRequestTimeout: true },
  })
}

/** `arn:aws:kms:REGION:…`; an id or an alias says nothing of where it is. */
export function regionOf(key: string): string | undefined {
  return /^arn:[\w-]+:kms:([\w-]+):/.exec(key)?.[1]
}

function halfAnswer(): ServiceTrouble {
  return new ServiceTrouble('AWS KMS gave only half an answer.', {
    fix: 'Look whether DELEGRAPH_AWS_KMS_ENDPOINT really leads to AWS KMS.',
    mayPass: true,
  })
}

const fixes: Readonly<Record<string, { words: string; fix: string }>> = {
  AccessDeniedException: {
    words: 'AWS KMS refuses these credentials',
    fix: 'Allow them kms:Encrypt and kms:Decrypt on this key.',
  },
  NotFoundException: { words: 'AWS KMS has no such key', fix: 'Correct DELEGRAPH_AWS_KMS_KEY and the region.' },
  DisabledException: { words: 'the key is disabled', fix: 'Enable it in AWS KMS.' },
  KMSInvalidStateException: {
    words: 'the key is being deleted or is not ready',
    fix: 'Cancel its deletion in AWS KMS before its time has come.',
  },
  InvalidCiphertextException: {
    words: 'AWS KMS says that the wrapped data key was changed',
    fix: 'Restore the row from a backup, or set the secret again.',
  },
  IncorrectKeyException: {
    words: 'the data key was wrapped by another key',
    fix: 'Restore the row from a backup, or set the secret again.',
  },
  InvalidKeyUsageException: {
    words: 'the key is not for encryption',
    fix: 'Name a symmetric key for ENCRYPT_DECRYPT in DELEGRAPH_AWS_KMS_KEY.',
  },
  ExpiredTokenException: { words: 'the AWS credentials have expired', fix: 'Give the server fresh AWS credentials.' },
  UnrecognizedClientException: { words: 'AWS does not know these credentials', fix: 'Correct the AWS credentials.' },
  CredentialsProviderError: {
    words: 'there are no AWS credentials',
    fix: 'Give the server a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
}

/** Throws what the SDK said in our words: only the name of its error is taken over, never its text. */
function told(error: unknown, key: string): never {
  const { name, status } = namesOf(error)
  const known = fixes[name]
  if (known) {
    throw new ServiceTrouble(`AWS KMS, key ${key}: ${known.words}.`, {
      fix: known.fix,
      mayPass: false,
      isDamaged: name === 'InvalidCiphertextException' || name === 'IncorrectKeyException',
      cause: error,
    })
  }
  // 200 is an answer that ended in the middle.
  const mayPass =
    status === undefined || status === 200 || status === 429 || status >= 500 || /Throttl|LimitExceeded/.test(name)
  const what = status === undefined ? 'cannot be reached' : `answers ${name} (${status})`
  throw new ServiceTrouble(`AWS KMS ${what}.`, {
    fix: 'Look whether it can be reached from here, whether AWS_REGION is right, and how many calls it allows.',
    mayPass,
    cause: error,
  })
}

function namesOf(error: unknown): { name: string; status: number | undefined } {
  if (!(error instanceof Error)) return { name: 'nothing known', status: undefined }
  const meta = '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : undefined
  const status = meta && 'httpStatusCode' in meta ? meta.httpStatusCode : undefined
  return { name: error.name, status: typeof status === 'number' ? status : undefined }
}
