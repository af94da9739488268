import { z } from 'zod'
import { type EnvGroup, mergeEnvGroups, missingGroups } from '../templates/env-groups.ts'
import { secretName } from './limits.ts'
import { keysOfModel, namesOfModel } from './model-keys.ts'

/** What one workspace says about its keys: in its config.yaml, in the template it came from, and by its model. */
export type Declaring = {
  model: string
  /** Played by the rehearsal model, so its own model wants no key. */
  isRehearsed: boolean
  config: unknown
  template: unknown
}

export type Need = { anyOf: EnvGroup; forModel: boolean }
export type Needs = { required: Need[]; recommended: Need[] }

const EnvName = z.string().regex(secretName)
const Entry = z.union([EnvName, z.object({ any_of: z.array(EnvName).min(1) })])
type Entry = z.infer<typeof Entry>
/** Of a list the entries that can be read; a config of an older system may hold anything. */
const Entries = z.array(z.unknown()).transform((list) => list.flatMap((entry) => Entry.safeParse(entry).data ?? []))
const maybe = Entries.optional().catch(undefined)
const ConfigEnv = z
  .looseObject({
    required_env: maybe,
    recommended_env: maybe,
    env: z.looseObject({ required: maybe, optional: maybe, recommended: maybe }).optional().catch(undefined),
    runtime_config: z.looseObject({ required_env: maybe }).optional().catch(undefined),
  })
  .catch({})
const groups = z.array(z.array(EnvName)).optional().catch(undefined)
const TemplateEnv = z.looseObject({ requiredEnv: groups, recommendedEnv: groups }).catch({})

/** Required and recommended groups; a strict name dominates groups that hold it, what is required is not recommended. */
export function needsOf(declaring: Declaring): Needs {
  const { required, recommended } = declaredBy(declaring)
  const ofModel = declaring.isRehearsed ? [] : keysOfModel(declaring.model).required
  const merged = mergeEnvGroups([...required, ofModel.map(asEntry)], recommended)
  const modelNames = new Set(ofModel.flat())
  const toNeed = (anyOf: EnvGroup): Need => ({ anyOf, forModel: anyOf.some((name) => modelNames.has(name)) })
  return { required: merged.required.map(toNeed), recommended: merged.recommended.map(toNeed) }
}

/** What of it is not there. */
export function missingOf({ required, recommended }: Needs, present: ReadonlySet<string>): Needs {
  const isMissing = ({ anyOf }: Need) => missingGroups([anyOf], present).length > 0
  return { required: required.filter(isMissing), recommended: recommended.filter(isMissing) }
}

/** Every name the workspace may be given: what it declares in any way, and what its model takes. */
export function namesDeclared(declaring: Declaring): Set<string> {
  const { required, recommended } = declaredBy(declaring)
  const entries = [...required, ...recommended].flat()
  return new Set([...entries.flatMap(namesIn), ...namesOfModel(declaring.model)])
}

function declaredBy({ config, template }: Declaring): { required: Entry[][]; recommended: Entry[][] } {
  const inConfig = ConfigEnv.parse(config ?? {})
  const inTemplate = TemplateEnv.parse(template ?? {})
  const { env, runtime_config: runtime } = inConfig
  return {
    required: [
      inConfig.required_env ?? [],
      env?.required ?? [],
      runtime?.required_env ?? [],
      (inTemplate.requiredEnv ?? []).map(asEntry),
    ],
    recommended: [
      inConfig.recommended_env ?? [],
      env?.optional ?? [],
      env?.recommended ?? [],
      (inTemplate.recommendedEnv ?? []).map(asEntry),
    ],
  }
}

function asEntry(group: EnvGroup): Entry {
  const [first] = group
  return group.length === 1 && first !== undefined ? first : { any_of: [...group] }
}

function namesIn(entry: Entry): string[] {
  return typeof entry === 'string' ? [entry] : entry.any_of
}
