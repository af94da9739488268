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
  return made.map(({ id, templatePath, declared }) => {
    const known = DeclaredWorkspace.safeParse(declared)
    return { id, templatePath, declared: known.success ? known.data : null, files: filesOf.get(id) ?? [] }
  })
}
