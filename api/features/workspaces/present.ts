import { z } from 'zod'
import { describeGroup, missingGroups } from '#shared/templates/env-groups.ts'
import { configDefaults } from '#shared/workspaces/config-defaults.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import type { WorkspaceRow } from './store.ts'

/** A living workspace with its config.yaml applied over the defaults. */
export type LivingWorkspace = Workspace & { maxSteps: number; maxOutputTokens: number; repeatsModelCalls: boolean }

export function toLiving(row: WorkspaceRow): LivingWorkspace {
  return {
    id: row.id,
    parentId: row.parentId,
    name: row.name,
    role: row.role ?? '',
    runtime: row.runtime ?? configDefaults.runtime,
    model: row.model ?? configDefaults.model,
    tier: row.tier ?? configDefaults.tier,
    status: row.isPaused ? 'paused' : row.status,
    isPausedHere: row.isPausedHere,
    isFrozen: row.isFrozen,
    isFrozenHere: row.isFrozenHere,
    maxConcurrentTasks: row.maxConcurrentTasks ?? configDefaults.maxConcurrentTasks,
    maxSteps: row.maxSteps ?? configDefaults.maxSteps,
    maxOutputTokens: row.maxOutputTokens ?? configDefaults.maxOutputTokens,
    repeatsModelCalls: row.repeatsModelCalls ?? configDefaults.repeatsModelCalls,
    position: row.position,
    marks: marksOf(row.requiredEnv),
    createdAt: row.createdAt.toISOString(),
  }
}

export function present(living: LivingWorkspace): Workspace {
  const { maxSteps: _steps, maxOutputTokens: _tokens, repeatsModelCalls: _repeats, ...workspace } = living
  return workspace
}

const EnvGroups = z.array(z.array(z.string()))
/** Secrets are not kept yet: every key a template asks for is missing. */
const keysOfOrg: ReadonlySet<string> = new Set()

function marksOf(requiredEnv: unknown): string[] {
  const groups = EnvGroups.safeParse(requiredEnv ?? [])
  return groups.success ? missingGroups(groups.data, keysOfOrg).map((group) => `needs ${describeGroup(group)}`) : []
}
