import { Play } from 'lucide-react'
import type { CodePiece } from '../../ui/code-acts.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { askToRun } from './ask.ts'
import { languageNamed } from './program.ts'

/** Opens code where it can be run; nothing for what no sandbox of ours runs. */
export function RunThis({ piece: { text, language, files = {}, stdin = '' } }: { piece: CodePiece }) {
  const known = languageNamed(language)
  if (known === undefined) return null
  return (
    <IconButton
      icon={Play}
      label="Open in Run"
      size="small"
      onClick={() => askToRun({ language: known, code: text, files, stdin }, 'this code')}
    />
  )
}
