import { Play } from 'lucide-react'
import { useCallback, useMemo, useRef } from 'react'
import { useCommands } from '../../../kernel/commands.ts'
import type { CodeEditorHandle } from '../../../ui/code-editor-props.ts'
import type { LineAct } from '../../../ui/code-help.ts'
import { notify } from '../../../ui/toast.ts'
import type { FileRunner } from '../file-runner.ts'
import { blockToRun, linesToRun } from './block-to-run.ts'

export type RunBlockProps = {
  /** Undefined where code in the text is none to be run. */
  runner: FileRunner | undefined
  /** Of two editors side by side, whether the command means this one. */
  isActive: boolean
}

/** Code that stands in a text is opened in Run: by a button where it begins, and by command where the cursor is. */
export function useRunBlock({ runner, isActive }: RunBlockProps) {
  const editor = useRef<CodeEditorHandle | undefined>(undefined)
  const onReady = useCallback((handle: CodeEditorHandle) => {
    editor.current = handle
  }, [])
  const lineAct = useMemo(
    (): LineAct | undefined =>
      runner && {
        label: 'Open in Run',
        icon: Play,
        linesOf: (text) => linesToRun(text, runner.knows),
        run: (place) => {
          const block = blockToRun(place, runner.knows)
          if (block.kind === 'found') return runner.open(block)
          notify({ id: 'run-block', title: block.title, detail: block.detail })
        },
      },
    [runner],
  )
  const commands = useMemo(
    () =>
      lineAct && isActive
        ? [
            {
              ...{ id: 'editor.run-block', title: 'Open this code block in Run', group: 'Editor' },
              ...{ keys: 'Mod+Enter', scope: 'editor' as const, allowWhileTyping: true },
              when: () => editor.current?.caret() !== undefined,
              run: () => {
                const place = editor.current?.caret()
                if (place) lineAct.run(place)
              },
            },
          ]
        : [],
    [lineAct, isActive],
  )
  useCommands(commands)
  return { lineAct, onReady }
}
