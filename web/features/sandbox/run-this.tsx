import { Play } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { Button } from '../../ui/button.tsx'
import type { CodePiece } from '../../ui/code-acts.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { askToRun } from './ask.ts'
import { refNamed } from './history/run-link.ts'
import { languageNamed, snippet } from './program.ts'

/** Opens code where it can be run; nothing for what no sandbox of ours runs. */
export function RunThis({ orgId, piece: { text, language, source } }: { orgId: OrgId; piece: CodePiece }) {
  const known = languageNamed(language)
  const ref = source === undefined ? undefined : refNamed(source)
  if (known === undefined) return null
  if (ref !== undefined) {
    const open = () => import('./history/open-run.ts').then((part) => part.openRun(orgId, ref))
    return (
      <Button size="small" tone="ghost" icon={Play} onClick={() => void open()}>
        Run it yourself
      </Button>
    )
  }
  return (
    <IconButton
      icon={Play}
      label="Open in Run"
      size="small"
      onClick={() => askToRun(orgId, snippet(known, text), 'this code')}
    />
  )
}
