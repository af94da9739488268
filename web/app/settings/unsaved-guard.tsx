import { useBlocker } from '@tanstack/react-router'
import { unsavedNow } from '../../kernel/unsaved.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

/** Whatever leads away from what is typed and not saved asks first: the cross, Escape, another section, Back, a reload. */
export function UnsavedGuard() {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      unsavedNow().length > 0 && (current.pathname !== next.pathname || sectionOf(current) !== sectionOf(next)),
    enableBeforeUnload: () => unsavedNow().length > 0,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog
      isOpen
      onClose={blocker.reset}
      width="narrow"
      title="Leave without saving?"
      description={`${unsavedNow().join(' and ')} will be lost.`}
      footer={
        <>
          <Button onClick={blocker.proceed}>Discard and leave</Button>
          <Button tone="primary" data-autofocus onClick={blocker.reset}>
            Keep editing
          </Button>
        </>
      }
    />
  )
}

function sectionOf({ search }: { search: object }): unknown {
  return 'settings' in search ? search.settings : undefined
}
