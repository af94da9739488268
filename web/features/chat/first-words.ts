import type { Workspace } from '#shared/workspaces/contract.ts'

/** Things to begin with: what its role says it does, asked of it. */
export function firstWords({ name, role }: Pick<Workspace, 'name' | 'role'>): string[] {
  const does = role.trim().replace(/[.!]+$/, '')
  const about = does === '' ? [] : [`Your part is “${does}”. What would you begin with, and why?`]
  return [
    ...about,
    `What can you do, ${name}, and whom do you work with?`,
    'What did you last finish, and what came of it?',
  ]
}
