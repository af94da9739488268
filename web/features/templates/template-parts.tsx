import { Suspense, useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useCommands } from '../../kernel/commands.ts'
import { useMay } from '../../kernel/may.ts'
import { useTemplateQuestionHere } from './ask.ts'
import { exportCommands, importCommands } from './commands.ts'

const ImportDrop = lazyPart(() => import('./import-drop.tsx').then((part) => ({ default: part.ImportDrop })))
const OpenTemplateDialogs = lazyPart(() =>
  import('./template-dialogs.tsx').then((part) => ({ default: part.OpenTemplateDialogs })),
)

/** Once in an org's layout: what is open of templates, the commands, and the page as a place to drop one. */
export function TemplateParts({ orgId }: { orgId: OrgId }) {
  const mayImport = useMay(orgId, 'templates.import')
  const mayExport = useMay(orgId, 'templates.export')
  const isAsked = useTemplateQuestionHere() !== undefined
  const commands = useMemo(
    () => [...(mayImport ? importCommands : []), ...(mayExport ? exportCommands(orgId) : [])],
    [orgId, mayImport, mayExport],
  )
  useCommands(commands)
  return (
    <>
      {mayImport && (
        <Suspense>
          <ImportDrop />
        </Suspense>
      )}
      {isAsked && (
        <Suspense>
          <OpenTemplateDialogs orgId={orgId} />
        </Suspense>
      )}
    </>
  )
}
