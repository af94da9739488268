import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { DeclaredWorkspace } from '#shared/templates/declared.ts'
import type { CurrentWorkspace } from '#shared/templates/plan.ts'
import type { Reader } from '../../kernel/db.ts'
import { editedSinceTemplate } from '../files/index.ts'
import { selectMadeFrom } from './store.ts'

/** What an org has of a template: the living workspaces with what was declared last, and the state of their files. */
export async function loadCurrent(reader: Reader, template: string): Promise<CurrentWorkspace<WorkspaceId>[]> {
  const made = await selectMadeFrom(reader, template)
  const states = await editedSinceTemplate(
    reader,
    made.map(({ id }) => id),
  )
  const filesOf = Map.groupBy(states, (state) => state.workspaceId)
  return made.map(({ id, templatePath, declared, ...row }) => {
    const known = DeclaredWorkspace.safeParse(declared)
    return {
      ...{ id, templatePath, declared: known.success ? known.data : null, files: filesOf.get(id) ?? [] },
      now: nowOf(row),
    }
  })
}

/** What a person changes in a config or on the chart, in the words of a template. */
function nowOf({ role, position, config }: Pick<Made, 'role' | 'position' | 'config'>): Partial<DeclaredWorkspace> {
  const fields: Readonly<Record<string, unknown>> = typeof config === 'object' && config !== null ? { ...config } : {}
  const { runtime, model, tier, max_concurrent_tasks: maxConcurrentTasks } = fields
  const known = Changeable.safeParse({ role, runtime, model, tier, maxConcurrentTasks, canvas: position })
  return known.success ? known.data : {}
}

const Changeable = DeclaredWorkspace.pick({
  ...{ role: true, runtime: true, model: true, tier: true, maxConcurrentTasks: true, canvas: true },
}).partial()
type Made = Awaited<ReturnType<typeof selectMadeFrom>>[number]
