import { FlaskConical } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useCommands } from '../../../kernel/commands.ts'
import { Button } from '../../../ui/button.tsx'

const PromptEffectDialog = lazy(() =>
  import('./prompt-effect-dialog.tsx').then((part) => ({ default: part.PromptEffectDialog })),
)

/** The text in the editor, and what can be done with it. */
export type EditedPrompt = { text: string; isUnsaved: boolean; save: () => void; drop: () => void }

export type TryPromptButtonProps = { orgId: OrgId; workspace: Workspace; prompt: EditedPrompt }

/** "Try on recorded work", in the editor's bar. */
export function TryPromptButton({ orgId, workspace, prompt }: TryPromptButtonProps) {
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
