import { postAccount } from './request.ts'
import { LocalProblem } from './use-act.ts'

/** Whether this browser can do passkeys at all. */
export function knowsPasskeys(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  )
}

/** Lets the device make a passkey for the account. Rejects in words when the person turns it down. */
export async function makePasskey(name: string): Promise<void> {
  const options = await postAccount<PublicKeyCredentialCreationOptionsJSON>('passkeys/challenge')
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const made = await navigator.credentials.create({ publicKey }).catch(turnedDown)
  await postAccount('passkeys/add', { response: asJson(made), name })
}

/** Lets the device prove who is there; the session's cookie is set by the answer. */
export async function signInWithPasskey(): Promise<void> {
  const options = await postAccount<PublicKeyCredentialRequestOptionsJSON>('passkey-challenge')
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const proof = await navigator.credentials.get({ publicKey }).catch(turnedDown)
  await postAccount('passkey-sign-in', { response: asJson(proof) })
}

function asJson(credential: Credential | null): unknown {
  if (credential instanceof PublicKeyCredential) return credential.toJSON()
  return turnedDown(undefined)
}

function turnedDown(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === 'InvalidStateError') {
    throw new LocalProblem({ message: 'This device has a passkey for your account already.' })
  }
  throw new LocalProblem({
    message: 'No passkey was used.',
    fix: 'Try again, and confirm with your finger, face or PIN.',
  })
}
