import { Play } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { Button } from '../../ui/button.tsx'
import type { CodePiece } from '../../ui/code-acts.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { refNamed } from './history/run-link.ts'
import { openCode } from './open-code.ts'
import { languageNamed } from './program.ts'

/** Opens code where it can be run; nothing for what no sandbox of ours runs. */
export function RunThis({ orgId, piece }: { orgId: OrgId; piece: CodePiece }) {
  const { language, source } = piece
  const ref = source === undefined ? undefined : refNamed(source)
  if (languageNamed(language) === undefined) return null
  if (ref !== undefined) {
    const open = () => import('./history/open-run.ts').then((part) => part.openRun(orgId, ref))
    return (
      <Button size="small" tone="ghost" icon={Play} onClick={() => void open()}>
        Run it yourself
      </Button>
    )
  }
  return <IconButton icon={Play} label="Open in Run" size="small" onClick={() => openCode(orgId, piece)} />
}
