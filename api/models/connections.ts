import { AppError } from '#shared/kernel/app-error.ts'

/** How a provider is reached. The key never leaves this process but in the request itself. */
export type Connection = {
  speaks: 'openai' | 'anthropic' | 'openai-compatible'
  name: string
  baseUrl: string
  apiKey: string | undefined
  /** The operator gave the address, so it may be one of this network. */
  isOwnAddress: boolean
}

/** Gives the connection to a provider, or throws `unavailable` naming what is missing. */
export type ModelConnections = (provider: string, model: string) => Connection

type Environment = Readonly<Record<string, string | undefined>>

/** What the environment of this server gives, read at each call. */
export const environmentConnections: ModelConnections = (provider, model) => connectionFor(provider, model, process.env)

export function connectionFor(provider: string, model: string, env: Environment): Connection {
  if (provider === 'openai') return openai(model, env)
  if (provider === 'anthropic') return anthropic(model, env)
  const { OPENAI_COMPATIBLE_BASE_URL: baseUrl, OPENAI_COMPATIBLE_KEY: apiKey, OPENAI_COMPATIBLE_NAME: name } = env
  if (provider === 'openai-compatible' || (name && provider === name)) {
    if (!baseUrl) throw missing('OPENAI_COMPATIBLE_BASE_URL', model)
    return { speaks: 'openai-compatible', name: name || provider, baseUrl, apiKey, isOwnAddress: true }
  }
  throw new AppError('unavailable', `No provider for ${provider} is configured, so ${model} cannot be called.`, {
    fix: `Set OPENAI_COMPATIBLE_NAME to ${provider} and OPENAI_COMPATIBLE_BASE_URL to its address in the environment of the server, or ${alternative}`,
  })
}

const alternative = 'set the model to "rehearsal", or turn the rehearsal switch of the organisation on.'

function openai(model: string, env: Environment): Connection {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = env
  if (!apiKey) throw missing('OPENAI_API_KEY', model)
  const address = baseUrl || 'https://api.openai.com/v1'
  return { speaks: 'openai', name: 'openai', baseUrl: address, apiKey, isOwnAddress: Boolean(baseUrl) }
}

/** The address is known both with and without its version. */
function anthropic(model: string, env: Environment): Connection {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: given } = env
  if (!apiKey) throw missing('ANTHROPIC_API_KEY', model)
  const bare = (given || 'https://api.anthropic.com').replace(/\/+$/, '')
  const baseUrl = bare.endsWith('/v1') ? bare : `${bare}/v1`
  return { speaks: 'anthropic', name: 'anthropic', baseUrl, apiKey, isOwnAddress: Boolean(given) }
}

function missing(variable: string, model: string): AppError {
  return new AppError('unavailable', `${variable} is not set, so ${model} cannot be called.`, {
    fix: `Set ${variable} in the environment of the server and start it again, or ${alternative}`,
  })
}
