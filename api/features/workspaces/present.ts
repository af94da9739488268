import { missingOf, needsOf } from '#shared/secrets/needs.ts'
import { describeGroup } from '#shared/templates/env-groups.ts'
import { configDefaults } from '#shared/workspaces/config-defaults.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { isRehearsed } from '../../models/registry.ts'
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
    marks: marksOf(row),
    createdAt: row.createdAt.toISOString(),
  }
}

export function present(living: LivingWorkspace): Workspace {
  const { maxSteps: _steps, maxOutputTokens: _tokens, repeatsModelCalls: _repeats, ...workspace } = living
  return workspace
}

/** Keys that are required and not there, its model's included; what is only recommended is no mark. */
function marksOf({
  model,
  standsFor,
  rehearses,
  configEnv: config,
  templateEnv: template,
  keys,
}: WorkspaceRow): string[] {
  const named = standsFor ?? model ?? configDefaults.model
  const needs = needsOf({ model: named, isRehearsed: isRehearsed(named, rehearses), config, template })
  return missingOf(needs, new Set(keys)).required.map(({ anyOf }) => `needs ${describeGroup(anyOf)}`)
}
