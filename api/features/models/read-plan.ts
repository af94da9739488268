import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { ModelPlan } from '#shared/models/model-plan.ts'
import { resolveModel } from '#shared/models/resolve-model.ts'
import type { Reader } from '../../kernel/db.ts'
import { readConfig } from '../files/index.ts'
import { selectAliases } from './alias-store.ts'

export type Planned = { model: string; plan: ModelPlan | undefined }

/** Which models work of a workspace asks that begins now, by the name its config has; aliases are resolved once, here. */
export async function readPlan(reader: Reader, workspaceId: WorkspaceId, named: string): Promise<Planned> {
  const [own, config] = await Promise.all([selectAliases(reader), readConfig(reader, workspaceId)])
  const model = resolveModel(named, own)
  const chain = [...new Set([model, ...(config?.fallback_models ?? []).map((name) => resolveModel(name, own))])]
  const routes = (config?.model_routing ?? []).map((route) => ({ ...route, model: resolveModel(route.model, own) }))
  const wanted = config?.compaction
  const compaction = wanted
    ? { model: wanted.model ? resolveModel(wanted.model, own) : model, atTokens: wanted.at_tokens }
    : null
  const answerSchema = config?.answer_schema ?? null
  const isPlain = chain.length === 1 && routes.length === 0 && !compaction && !answerSchema && model === named
  return {
    model,
    plan: isPlain ? undefined : { chain, routes, compaction, answerSchema, named: model === named ? null : named },
  }
}
