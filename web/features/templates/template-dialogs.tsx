import type { OrgId } from '#shared/kernel/ids.ts'
import { askTemplates, useTemplateQuestion } from './ask.ts'
import { GalleryDialog } from './gallery-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'

/** What is open of templates: the gallery or an import. */
export function OpenTemplateDialogs({ orgId }: { orgId: OrgId }) {
  const question = useTemplateQuestion()
  const close = () => askTemplates(undefined)
  if (question?.kind === 'gallery') return <GalleryDialog orgId={orgId} onClose={close} />
  if (question?.kind === 'import')
    return <ImportDialog key={JSON.stringify(question.from?.kind)} orgId={orgId} from={question.from} onClose={close} />
  return null
}
