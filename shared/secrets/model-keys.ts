import { resolveModel } from '../models/resolve-model.ts'
import type { EnvGroup } from '../templates/env-groups.ts'
import { type ModelDoor, type Service, services } from './services.ts'

/** What calling a model takes: of each required group one name, of the optional ones none. */
export type ModelKeys = {
  provider: string
  required: readonly EnvGroup[]
  optional: readonly string[]
  /** Undefined where only the organisation's own endpoint could be meant. */
  service: (Service & { door: ModelDoor }) | undefined
}

/** Who is asked for `provider:model`; for the rehearsal model nobody is, so it takes nothing. */
export function keysOfModel(name: string): ModelKeys {
  const model = resolveModel(name)
  const provider = model.includes(':') ? model.slice(0, model.indexOf(':')) : model
  const service = modelServices.find(({ door }) => door.provider === provider)
  if (provider === 'rehearsal') return { provider, required: [], optional: [], service: undefined }
  if (!service) return { provider, required: [[ownBaseUrl], [ownName]], optional: [ownKey], service }
  if (service.door.baseUrl === null && service.id !== own.id) {
    return { provider, required: [[service.door.baseUrlName]], optional: service.keys, service }
  }
  if (service.id === own.id) return { provider, required: [[ownBaseUrl]], optional: [ownKey, ownName], service }
  const { keys, companions = [], settings } = service
  return { provider, required: [keys], optional: [...companions, ...settings], service }
}

/** Every name that may be opened for a call of the model. */
export function namesOfModel(model: string): string[] {
  const { required, optional } = keysOfModel(model)
  return [...required.flat(), ...optional]
}

/** The organisation's own endpoint. */
export const [ownBaseUrl, ownName, ownKey] = [
  'OPENAI_COMPATIBLE_BASE_URL',
  'OPENAI_COMPATIBLE_NAME',
  'OPENAI_COMPATIBLE_KEY',
]

const own = { id: 'openai-compatible' }
const modelServices = services.flatMap((service) => (service.door ? [{ ...service, door: service.door }] : []))
