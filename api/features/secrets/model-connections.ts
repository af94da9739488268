import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { keysOfModel, namesOfModel, ownKey } from '#shared/secrets/model-keys.ts'
import { describeGroup, missingGroups } from '#shared/templates/env-groups.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import { connectionFor, type ModelConnections } from '../../models/connections.ts'
import { openAll } from './secrets-for.ts'
import { selectFor, selectNames } from './version-store.ts'

/** Reaches models with the keys of the org, each workspace's own first. Read at each call, so a new value counts at once. */
export function modelConnections(context: OrgContext): ModelConnections {
  return async ({ model, workspaceId }) => {
    const kept = await inSnapshot(context.db, context.orgId, (reader) =>
      selectFor(reader, workspaceId, namesOfModel(model)),
    )
    const values = await openAll(context, { kind: 'workspace', workspaceId }, kept)
    const opened = kept.map(({ name, isOwn }) => [name, { value: values[name] ?? '', isOwn }] as const)
    return connectionFor(model, Object.fromEntries(opened))
  }
}

/** Which provider a model asks and by which key, without opening it. */
export async function wayTo(reader: Reader, workspaceId: WorkspaceId, model: string) {
  const { provider, service } = keysOfModel(model)
  const kept = await selectFor(
    reader,
    workspaceId,
    service ? [...service.keys, ...(service.companions ?? [])] : [ownKey],
  )
  return { provider, keyId: kept.map(({ secretId, version }) => `${secretId}.${version}`).join('+') }
}

type Reach =
  | { kind: 'ready' }
  /** Somebody can add what is missing; then the call can be made. */
  | { kind: 'lacking'; reason: string }
  /** Nobody is known to ask. */
  | { kind: 'nobody' }

/** Can the model be called from this workspace, as far as names tell? */
export async function reachOf(reader: Reader, workspaceId: WorkspaceId, model: string): Promise<Reach> {
  const { required, service } = keysOfModel(model)
  const missing = missingGroups(required, await selectNames(reader, workspaceId))
  if (missing.length === 0) return { kind: 'ready' }
  if (!service) return { kind: 'nobody' }
  const names = missing.map(describeGroup).join(' and ')
  const verb = missing.length > 1 ? 'are' : 'is'
  const reason = `${names} ${verb} not set, so ${model} cannot be called. Add it in Settings, Secrets: the work goes on by itself.`
  return { kind: 'lacking', reason }
}
