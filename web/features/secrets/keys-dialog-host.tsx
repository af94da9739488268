import { Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useKeysQuestion } from './ask.ts'

const MissingKeysDialog = lazyPart(() =>
  import('./missing-keys-dialog.tsx').then((part) => ({ default: part.MissingKeysDialog })),
)

/** Once on an org's page: asks for missing keys, wherever that is asked for; fetched then. */
export function KeysDialogHost({ orgId }: { orgId: OrgId }) {
  const question = useKeysQuestion()
  if (!question) return null
  return (
    <Suspense>
      <MissingKeysDialog orgId={orgId} question={question} />
    </Suspense>
  )
}
