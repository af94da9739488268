import { FlaskConical } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useCommands } from '../../../kernel/commands.ts'
import { Button } from '../../../ui/button.tsx'
import type { TryPromptProps } from './edited-prompt.ts'

const PromptEffectDialog = lazyPart(() =>
  import('./prompt-effect-dialog.tsx').then((part) => ({ default: part.PromptEffectDialog })),
)

/** "Try on recorded work", in the editor's bar. */
export function TryPromptButton({ orgId, workspace, prompt }: TryPromptProps) {
  const [isOpen, setOpen] = useState(false)
  const commands = useMemo(
    () => [
      {
        id: 'prompt.try',
        title: 'Try the prompt on recorded work',
        group: 'Editor',
        run: () => setOpen(true),
      },
    ],
    [],
  )
  useCommands(commands)
  return (
    <>
      <Button size="small" icon={FlaskConical} onClick={() => setOpen(true)}>
        Try on recorded work
      </Button>
      {isOpen && (
        <Suspense>
          <PromptEffectDialog orgId={orgId} workspace={workspace} prompt={prompt} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
