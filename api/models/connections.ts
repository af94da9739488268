import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { keysOfModel, ownBaseUrl, ownKey, ownName } from '#shared/secrets/model-keys.ts'
import { isAllowedAddress } from '../kernel/allowed-addresses.ts'

/** How a provider is reached. The key never leaves this process but in the request itself. */
export type Connection = {
  speaks: 'openai' | 'anthropic' | 'openai-compatible'
  name: string
  baseUrl: string
  apiKey: string | undefined
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
  const known = service?.door.baseUrl ? service : undefined
  if (!known) return ownEndpoint(provider, model, opened)
  const { door, keys } = known
  const keyName = keys.find((name) => opened[name]) ?? keys[0] ?? ''
  const key = opened[keyName]
  if (!key) throw missing(keyName, model)
  const url = opened[door.baseUrlName]
  refuseForeignKey({ name: door.baseUrlName, url }, { name: keyName, key })
  const address = url ? addressOf(door.baseUrlName, url) : { baseUrl: door.baseUrl ?? '', isAllowed: false }
  return { speaks: door.speaks, name: provider, apiKey: key.value, ...versioned(address, door.speaks) }
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

/** Anthropic's address is known both with and without its version. */
function versioned({ baseUrl, isAllowed }: Address, speaks: Connection['speaks']): Address {
  const bare = baseUrl.replace(/\/+$/, '')
  return { baseUrl: speaks === 'anthropic' && !bare.endsWith('/v1') ? `${bare}/v1` : bare, isAllowed }
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
