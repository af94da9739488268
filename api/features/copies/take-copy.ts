import type { TakeCopy } from '#shared/copies/contract.ts'
import type { Bundle } from '#shared/templates/bundle.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { redactorOf } from '../../kernel/redact/redactor-of.ts'
import { bundleOf } from './bundles.ts'
import { readTrees } from './read-trees.ts'

/** Prompts, files and configs; no secrets, and none that was typed into a file: their values are masked where they leave. */
export async function takeCopy(
  context: OrgContext,
  { workspaceIds }: Pick<TakeCopy, 'workspaceIds'>,
): Promise<Bundle[]> {
  requireMay(context, 'files.read')
  const { db, orgId } = context
  const redactor = await redactorOf(db, orgId)
  const { heads } = await inSnapshot(db, orgId, (reader) => readTrees(reader, { workspaceIds }))
  return redactor.json(heads.map(({ tree }) => bundleOf(tree)))
}
