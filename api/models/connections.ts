import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { keysOfModel, ownBaseUrl, ownKey, ownName } from '#shared/secrets/model-keys.ts'
import type { Speaks } from '#shared/secrets/services.ts'
import { isAllowedAddress } from '../kernel/allowed-addresses.ts'

/** How a provider is reached. The key never leaves this process but in the request itself. */
export type Connection = {
  speaks: Speaks
  name: string
  baseUrl: string
  apiKey: string | undefined
  /** Instead of a key that is sent: what each request is signed with, as AWS wants it. */
  signing?: { accessKeyId: string; secretAccessKey: string; sessionToken: string | undefined; region: string }
  /** The operator allowed the address, so it may be one of this network. */
  isAllowed: boolean
}

/** Gives the connection for a model as one workspace may use it, or throws `unavailable` naming what is missing. */
export type ModelConnections = (asked: { model: string; workspaceId: WorkspaceId }) => Promise<Connection>

/** A secret as it is opened for a workspace; `isOwn` where it is the workspace's and not the organisation's. */
export type OpenedSecret = { value: string; isOwn: boolean }
type Opened = Readonly<Record<string, OpenedSecret | undefined>>

/** Reads nothing but what it is given. */
export function connectionFor(model: string, opened: Opened): Connection {
  const { provider, service } = keysOfModel(model)
  if (!service || service.id === 'openai-compatible') return ownEndpoint(provider, model, opened)
  const { door, keys } = service
  const keyName = keys.find((name) => opened[name]) ?? keys[0] ?? ''
  const key = opened[keyName]
  const url = opened[door.baseUrlName]
  if (door.baseUrl === null && !url) throw missing(door.baseUrlName, model)
  if (door.baseUrl !== null && !key) throw missing(keyName, model)
  refuseForeignKey({ name: door.baseUrlName, url }, { name: keyName, key })
  const signing = keyName === 'AWS_ACCESS_KEY_ID' && key ? signingWith(key, model, { opened, url }) : undefined
  const usual = { baseUrl: usualAddress(door.baseUrl ?? '', opened), isAllowed: false }
  const address = url ? addressOf(door.baseUrlName, url) : usual
  const way = { speaks: door.speaks, name: provider, ...versioned(address, door.speaks) }
  return signing ? { ...way, apiKey: undefined, signing } : { ...way, apiKey: key?.value }
}

/** Requests to AWS that are signed: the secret half never leaves, the session's token does. */
function signingWith(
  { value: accessKeyId }: OpenedSecret,
  model: string,
  { opened, url }: { opened: Opened; url: OpenedSecret | undefined },
): NonNullable<Connection['signing']> {
  const { AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: session } = opened
  if (!secret) throw missing('AWS_SECRET_ACCESS_KEY', model)
  refuseForeignKey({ name: 'BEDROCK_BASE_URL', url }, { name: 'AWS_SECRET_ACCESS_KEY', key: secret })
  refuseForeignKey({ name: 'BEDROCK_BASE_URL', url }, { name: 'AWS_SESSION_TOKEN', key: session })
  const region = opened.BEDROCK_REGION?.value ?? /bedrock-runtime\.([a-z0-9-]+)\./.exec(url?.value ?? '')?.[1]
  return { accessKeyId, secretAccessKey: secret.value, sessionToken: session?.value, region: region ?? 'us-east-1' }
}

/** Bedrock's address holds its region. */
function usualAddress(baseUrl: string, opened: Opened): string {
  const region = opened.BEDROCK_REGION?.value
  if (!region || !baseUrl.includes('bedrock-runtime')) return baseUrl
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return baseUrl.replace('us-east-1', region)
  throw new AppError('unavailable', 'BEDROCK_REGION is no region of AWS.', {
    fix: 'Correct it in Settings, Secrets; a region is written like eu-central-1.',
  })
}

const alternative = 'set the model to "rehearsal", or turn the rehearsal switch of the organisation on.'

function ownEndpoint(provider: string, model: string, opened: Opened): Connection {
  const name = opened[ownName]?.value
  if (provider !== 'openai-compatible' && provider !== name) throw unknownProvider(provider, model)
  const url = opened[ownBaseUrl]
  if (!url) throw missing(ownBaseUrl, model)
  const key = opened[ownKey]
  refuseForeignKey({ name: ownBaseUrl, url }, { name: ownKey, key })
  return {
    speaks: 'openai-compatible',
    name: name || provider,
    apiKey: key?.value,
    ...addressOf(ownBaseUrl, url),
  }
}

/** An address a workspace chose must not be sent a key of the organisation: whoever runs it would have the key. */
function refuseForeignKey(
  address: { name: string; url: OpenedSecret | undefined },
  { name, key }: { name: string; key: OpenedSecret | undefined },
): void {
  if (!address.url?.isOwn || !key || key.isOwn) return
  throw new AppError(
    'unavailable',
    `${address.name} is the workspace's own while ${name} is the organisation's, which is not sent there.`,
    { fix: `Give the workspace its own ${name} too, or delete its ${address.name}, in Settings, Secrets.` },
  )
}

type Address = Pick<Connection, 'baseUrl' | 'isAllowed'>

function addressOf(name: string, { value }: OpenedSecret): Address {
  const url = readAddress(value)
  if (url) return { baseUrl: value, isAllowed: isAllowedAddress(url) }
  throw new AppError('unavailable', noAddress(name), { fix: `Correct it in Settings, Secrets. ${listedByOperator}` })
}

/** Refuses what could never be called, before it is kept. */
export function requireAddress(name: string, value: string): void {
  if (readAddress(value)) return
  throw new AppError('bad-input', noAddress(name), { field: 'value', fix: listedByOperator })
}

function readAddress(value: string): URL | undefined {
  const url = URL.parse(value)
  if (url?.protocol === 'https:') return url
  return url?.protocol === 'http:' && isAllowedAddress(url) ? url : undefined
}

function noAddress(name: string): string {
  return `${name} is no address that begins with https://.`
}

const listedByOperator =
  'One without encryption works where the operator lists its host:port in DELEGRAPH_ALLOWED_ADDRESSES.'

/** Addresses are known in several spellings: with and without the version, or of the door for other programs. */
function versioned({ baseUrl, isAllowed }: Address, speaks: Speaks): Address {
  const bare = baseUrl.replace(/\/+$/, '')
  if (speaks === 'anthropic' && !bare.endsWith('/v1')) return { baseUrl: `${bare}/v1`, isAllowed }
  if (speaks === 'google') return { baseUrl: bare.replace(/\/openai$/, ''), isAllowed }
  if (speaks === 'ollama' && !bare.endsWith('/api')) return { baseUrl: `${bare}/api`, isAllowed }
  return { baseUrl: bare, isAllowed }
}

function missing(name: string, model: string): AppError {
  return new AppError('unavailable', `${name} is not set, so ${model} cannot be called.`, {
    fix: `Add it in Settings, Secrets; or ${alternative}`,
  })
}

function unknownProvider(provider: string, model: string): AppError {
  return new AppError('unavailable', `No provider for ${provider} is configured, so ${model} cannot be called.`, {
    fix: `Correct the model; or add ${ownName} with the value ${provider} and ${ownBaseUrl} with its address in Settings, Secrets; or ${alternative}`,
  })
}
