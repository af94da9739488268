import { Bot, MessageSquare } from 'lucide-react'
import { maxTaskChars } from '#shared/delegations/limits.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useMay } from '#web/kernel/may.ts'
import { Button } from '#web/ui/button.tsx'
import { Menu, type MenuEntry } from '#web/ui/menu.tsx'
import type { Program } from '../program.ts'
import type { EndedRun } from '../runner.ts'
import { taskOf } from './task-of.ts'

/** Words for a conversation, with files that go with them. */
export type GivenWords = { text: string; files: readonly File[] }

export type GiveMenuProps = {
  orgId: OrgId
  workspace: Workspace | undefined
  program: Program
  /** How it came out, where it was run as it stands. */
  run: EndedRun | null
  onWork: (task: string) => void
  onChat: (workspace: Workspace, words: GivenWords) => void
}

/** Gives the program with its files and its result to an agent: as work, or in the conversation with it. */
export function GiveMenu({ orgId, workspace, program, run, onWork, onChat }: GiveMenuProps) {
  const mayGive = useMay(orgId, 'delegations.give')
  const mayChat = useMay(orgId, 'chat.write')
  const entries: MenuEntry[] = []
  if (mayGive) {
    entries.push({
      ...{ id: 'work', label: workspace ? `As work for ${workspace.name}` : 'As work', icon: Bot },
      run: () => onWork(taskOf(program, run, maxTaskChars)),
    })
  }
  if (mayChat) {
    entries.push({
      ...{ id: 'chat', icon: MessageSquare },
      label: workspace ? `In the chat with ${workspace.name}` : 'In a chat',
      ...(!workspace && { refused: 'Select a workspace first.' }),
      run: () => workspace && onChat(workspace, wordsOf(program, run)),
    })
  }
  if (entries.length === 0) return null
  return (
    <Menu label="Give to an agent" entries={entries}>
      <Button tone="ghost" disabled={program.code.trim() === ''}>
        Give to an agent
      </Button>
    </Menu>
  )
}

/** The code and the result as words, the files as files. */
function wordsOf(program: Program, run: EndedRun | null): GivenWords {
  const { path, files, stdin } = program
  const beside = Object.entries(files).filter(([each]) => each !== path)
  const named = beside.map(([each, text]) => new File([text], each.replaceAll('/', '-'), { type: 'text/plain' }))
  const read = stdin === '' ? [] : [new File([stdin], 'stdin.txt', { type: 'text/plain' })]
  return { text: taskOf({ ...program, files: {}, stdin: '' }, run, maxTaskChars), files: [...named, ...read] }
}
