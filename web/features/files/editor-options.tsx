import { SlidersHorizontal } from 'lucide-react'
import { useMemo } from 'react'
import { createPortal } from 'react-dom'
import { useCommands } from '../../kernel/commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { languageOf } from './language-of.ts'
import { setTidiesOnSave, useTidiesOnSave } from './tidy/use-tidy.ts'

export type EditorOptionsProps = { path: string; statusPlace: HTMLElement | null }

/** How this person likes the editor, in its bar and in the palette; none where it would change nothing. */
export function EditorOptions({ path, statusPlace }: EditorOptionsProps) {
  const isOn = useTidiesOnSave()
  const language = languageOf(path)
  const hasEffect = language === 'markdown' || language === 'yaml' || language === 'json'
  const commands = useMemo(
    () => [
      {
        id: 'editor.tidy',
        title: isOn ? 'Stop formatting files when they are saved' : 'Format files when they are saved',
        group: 'Editor',
        run: () => setTidiesOnSave(!isOn),
      },
    ],
    [isOn],
  )
  useCommands(commands)
  if (!statusPlace || !hasEffect) return null
  return createPortal(
    <span className="order-first flex">
      <Menu
        label="Editor options"
        entries={[
          {
            kind: 'choice',
            id: 'tidy',
            label: 'Format when saving',
            value: isOn ? 'on' : 'off',
            options: [
              { value: 'off', label: 'Leave the text as typed' },
              { value: 'on', label: 'Put lists, spaces and blank lines in order' },
            ],
            choose: (value) => setTidiesOnSave(value === 'on'),
          },
        ]}
      >
        <IconButton icon={SlidersHorizontal} label="Editor options" size="small" />
      </Menu>
    </span>,
    statusPlace,
  )
}
