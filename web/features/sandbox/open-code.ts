import type { OrgId } from '#shared/kernel/ids.ts'
import type { CodePiece } from '#web/ui/code-acts.ts'
import { askToRun } from './ask.ts'
import { languageNamed, snippet } from './program.ts'

/** Puts code that stands somewhere on the page into Run, by itself; nothing where it is of no language we run. */
export function openCode(orgId: OrgId, { language, text }: CodePiece): void {
  const known = languageNamed(language)
  if (known !== undefined) askToRun(orgId, snippet(known, text), 'this code')
}
