import { ActId } from '#shared/acts/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { ImportLine, ImportRequest, ImportSource } from '#shared/templates/import.ts'
import type { Template } from '#shared/templates/plan.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { bundleFolder } from './bundle-folder.ts'
import { givenFolder } from './given-folder.ts'
import { importInto, planTemplate } from './import-template.ts'
import { libraryFolder } from './library.ts'
import { readTemplateFrom } from './read-template.ts'
import { showPlan } from './show-plan.ts'
import { decideOutcome, selectOutcome } from './store.ts'

type Progress = (line: ImportLine) => void

class Cancelled extends Error {}

/**
 * Plans or carries out what a page asks for; the same import as the command line's. Says how far it is; whoever asks to end it
 * meanwhile (see cancelImport) makes it undo itself.
 */
export async function importAsked(
  context: OrgContext,
  { id, act, source }: ImportRequest,
  tell: Progress,
): Promise<ImportLine> {
  requireMay(context, 'templates.import')
  const template = readSource(source)
  const input = { template, missingKeys: 'list' } as const
  if (act === 'plan') return { kind: 'planned', plan: showPlan(template, await planTemplate(context, input)) }
  try {
    const plan = await inTransaction(context, async (tx) => {
      const onPart = async (_: unknown, done: number, total: number) => {
        tell({ kind: 'progress', done, total })
        // What another connection committed is seen by each statement anew.
        if ((await selectOutcome(tx, id)) === 'cancelled') throw new Cancelled()
      }
      const done = await importInto(tx, { ...context, actId: ActId.parse(id) }, { ...input, onPart })
      if (done.errors.length === 0 && !(await decideOutcome(tx, id, 'done'))) throw new Cancelled()
      return done
    })
    return { kind: 'applied', plan: showPlan(template, plan) }
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled' }
    throw error
  }
}

function readSource(source: ImportSource): Template {
  switch (source.kind) {
    case 'folder':
      return readTemplateFrom(givenFolder(source.files))
    case 'bundle':
      return readTemplateFrom(bundleFolder(source.name, source.text))
    case 'library': {
      const folder = libraryFolder(source.slug)
      if (folder) return readTemplateFrom(folder)
      throw new AppError('not-found', 'There is no such template.', { fix: 'Choose one of the list.' })
    }
    default:
      return source satisfies never
  }
}
