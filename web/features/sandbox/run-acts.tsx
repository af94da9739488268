import { FolderOpen, Share2 } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useMay } from '#web/kernel/may.ts'
import { Button } from '#web/ui/button.tsx'
import { IconButton } from '#web/ui/icon-button.tsx'
import type { Program } from './program.ts'
import type { RunnerState } from './runner.ts'
import { recordOf } from './shared/record-of.ts'
import { SharedRuns } from './shared/shared-runs.tsx'
import { useShareRun } from './shared/use-shared-runs.ts'

type RunActsProps = Pick<RunnerState, 'lastRun' | 'output'> & {
  orgId: OrgId
  program: Program
  /** Gives the program to an agent as the task's text. */
  onGive: (task: string) => void
}

/** What may be done with a program beside running it: share it, open what others shared, give it to an agent. */
export function RunActs({ orgId, program, lastRun, output, onGive }: RunActsProps) {
  const [isListed, setListed] = useState(false)
  const share = useShareRun(orgId)
  const mayShare = useMay(orgId, 'runs.share')
  const mayGive = useMay(orgId, 'delegations.give')
  const isThisRun = lastRun?.program.code === program.code && lastRun.program.language === program.language
  const record = lastRun && isThisRun ? recordOf(lastRun.backend, lastRun.result, output) : null
  return (
    <>
      {mayGive && (
        <Button tone="ghost" disabled={program.code.trim() === ''} onClick={() => onGive(taskOf(program))}>
          Give to an agent
        </Button>
      )}
      {mayShare && (
        <IconButton
          icon={Share2}
          label={record ? 'Share this run' : 'Share this snippet'}
          disabled={share.isPending || program.code.trim() === ''}
          onClick={() => share.mutate({ program, record })}
        />
      )}
      <IconButton icon={FolderOpen} label="Shared runs" onClick={() => setListed(true)} />
      <SharedRuns orgId={orgId} isOpen={isListed} onClose={() => setListed(false)} />
    </>
  )
}

/** The same code and the same files, in words an agent can act on. */
function taskOf({ language, code, files, stdin }: Program): string {
  const fence = (name: string, text: string) => `\`\`\`${name}\n${text.trimEnd()}\n\`\`\``
  const beside = Object.entries(files).map(([path, text]) => `File ${path}:\n${fence('', text)}`)
  const read = stdin === '' ? [] : [`It reads from its standard input:\n${fence('', stdin)}`]
  return [`Run this program and say what it shows.`, fence(language, code), ...beside, ...read].join('\n\n')
}
