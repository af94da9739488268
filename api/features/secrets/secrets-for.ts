import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { namesDeclared } from '#shared/secrets/needs.ts'
import { isSetting } from '#shared/secrets/services.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { requireMasked } from '../../kernel/redact/redactor-of.ts'
import { declaringOf } from './declaring.ts'
import { selectDeclaringOne } from './need-store.ts'
import { openVersion } from './open-values.ts'
import { recordUse } from './record-use.ts'
import type { SecretUser } from './use-store.ts'
import { type KeptVersion, selectFor } from './version-store.ts'

/**
 * The one door through which an agent gets values: of the names its workspace declares, those there are, the workspace's own
 * before the organisation's. The use is recorded. People get none, and an agent none of another workspace.
 */
export async function secretsFor(
  context: OrgContext,
  workspaceId: WorkspaceId,
  names: readonly string[],
): Promise<Record<string, string>> {
  return await give(context, workspaceId, (declared) => {
    const undeclared = names.filter((name) => !declared.has(name))
    if (undeclared.length === 0) return names
    throw new AppError('forbidden', `This workspace does not declare ${undeclared.join(', ')}.`, {
      fix: 'Name it under required_env or recommended_env of its config.yaml.',
    })
  })
}

/** All that the workspace declares and there is. */
export async function secretsForAgent(context: OrgContext, workspaceId: WorkspaceId): Promise<Record<string, string>> {
  return await give(context, workspaceId, (declared) => [...declared])
}

async function give(
  context: OrgContext,
  workspaceId: WorkspaceId,
  choose: (declared: ReadonlySet<string>) => readonly string[],
): Promise<Record<string, string>> {
  requireAgentOf(context, workspaceId)
  const kept = await inSnapshot(context.db, context.orgId, async (reader) => {
    const row = await selectDeclaringOne(reader, workspaceId)
    if (!row) throw noWorkspace()
    return await selectFor(reader, workspaceId, choose(namesDeclared(declaringOf(row))))
  })
  return await openAll(context, { kind: 'workspace', workspaceId }, kept)
}

/**
 * For what the server itself reaches for agents by names that people gave: a workspace's own values before the
 * organisation's; for an MCP server of all of them, the organisation's alone. Names there are not are left out.
 */
export async function valuesByName(
  context: OrgContext,
  user: SecretUser,
  names: readonly string[],
): Promise<Record<string, string>> {
  const workspaceId = user.kind === 'workspace' ? user.workspaceId : null
  const kept = await inSnapshot(context.db, context.orgId, (reader) => selectFor(reader, workspaceId, names))
  return await openAll(context, user, kept)
}

/** Opens them and notes who used them. */
export async function openAll(
  { db, orgId }: OrgContext,
  user: SecretUser,
  kept: readonly KeptVersion[],
): Promise<Record<string, string>> {
  const opened = await Promise.all(
    kept.map(async (one) => {
      const value = await openVersion(db, orgId, one)
      recordUse(db, orgId, { secretId: one.secretId, user })
      return [one.name, value] as const
    }),
  )
  // Whoever gets a value may say it the next moment: this process masks it before.
  await requireMasked(
    db,
    orgId,
    opened.filter(([name]) => !isSetting(name)).map(([name, value]) => ({ name, value })),
  )
  return Object.fromEntries(opened)
}

function requireAgentOf({ actor }: OrgContext, workspaceId: WorkspaceId): void {
  if (actor.kind === 'person' || actor.kind === 'key') {
    throw new AppError('forbidden', 'Values of secrets are given to agents only.')
  }
  if (actor.kind !== 'system' && actor.workspaceId !== workspaceId) throw noWorkspace()
}

function noWorkspace(): AppError {
  return new AppError('not-found', 'There is no such workspace.')
}
