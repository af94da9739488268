import { Share2 } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useMay } from '#web/kernel/may.ts'
import { IconButton } from '#web/ui/icon-button.tsx'
import { GiveMenu, type GiveMenuProps } from './give/give-menu.tsx'
import { useShareRun } from './history/share-run.ts'
import { isSameProgram, type Program } from './program.ts'
import type { EndedRun } from './runner.ts'

type RunActsProps = Pick<GiveMenuProps, 'onWork' | 'onChat'> & {
  orgId: OrgId
  workspace: Workspace | undefined
  program: Program
  lastRun: EndedRun | null
}

/** What may be done with a program beside running it: give it to an agent, share it. */
export function RunActs({ orgId, workspace, program, lastRun, onWork, onChat }: RunActsProps) {
  const share = useShareRun(orgId)
  const mayShare = useMay(orgId, 'runs.share')
  const run = lastRun && isSameProgram(lastRun.program, program) ? lastRun : null
  return (
    <>
      <GiveMenu {...{ orgId, workspace, program, run, onWork, onChat }} />
      {mayShare && (
        <IconButton
          icon={Share2}
          label={run ? 'Share this run' : 'Share this snippet'}
          disabled={share.isPending || program.code.trim() === ''}
          onClick={() => share.mutate(run ? { kind: 'ended', run } : { kind: 'program', program })}
        />
      )}
    </>
  )
}
