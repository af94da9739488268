import { AppError } from '#shared/kernel/app-error.ts'
import { type ImportPlan, planImport, toReport } from '#shared/templates/plan.ts'
import { readTemplate } from '../features/templates/index.ts'
import { describePlan, type Tense } from './import/describe-plan.ts'
import { type Import, importLocally, planLocally } from './import/local-orgs.ts'
import type { Installation } from './on-this-machine.ts'

export type ImportRequest = {
  dir: string
  /** Only say what would be done. Without `against` it needs neither server nor database: everything is new. */
  plan: boolean
  json: boolean
  /** The org to import into; by default the one named like the template. */
  org?: string | undefined
  /** The org to compare with, by name or id. Implies `plan`. */
  against?: string | undefined
  /** Missing required keys refuse the import instead of being remarked. */
  strict: boolean
}

type Done = { plan: ImportPlan; tense: Tense }

/** `delegraph import DIR`: prints the plan or what was done, and gives the exit code: 2 with any error, else 0. */
export async function runImport(request: ImportRequest, installation: Installation): Promise<0 | 2> {
  const { plan, tense } = await carryOut(request, installation).catch(asRefusal)
  console.log(request.json ? JSON.stringify(toReport(plan)) : describePlan(plan, tense))
  return plan.errors.length > 0 ? 2 : 0
}

async function carryOut(request: ImportRequest, installation: Installation): Promise<Done> {
  const template = readTemplate(request.dir)
  const input: Import = { template, missingKeys: request.strict ? 'refuse' : 'warn' }
  const asNew = planImport({ ...input, current: [], keys: new Set() })
  // A template with errors is refused whatever the org has: no database is opened for it.
  if (asNew.errors.length > 0) return { plan: asNew, tense: 'planned' }
  if (request.against !== undefined) {
    return { plan: await planLocally(installation, request.against, input), tense: 'planned' }
  }
  if (request.plan) return { plan: asNew, tense: 'planned' }
  return { plan: await importLocally(installation, request.org ?? template.name, input), tense: 'applied' }
}

const nothing: ImportPlan = { org: '', workspaces: [], missingKeys: [], warnings: [], errors: [] }

/** What a person can put right is part of the answer, in the same shape; a defect is not. */
function asRefusal(error: unknown): Done {
  if (!(error instanceof AppError)) throw error
  const words = [error.message, error.fix].filter(Boolean).join(' ')
  return { plan: { ...nothing, errors: [words] }, tense: 'planned' }
}
