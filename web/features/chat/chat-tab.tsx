import { SquarePen } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useMay } from '../../kernel/may.ts'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import { AgentComms } from './agent-comms.tsx'
import { MyChat } from './my-chat.tsx'
import { useChat } from './use-chat.ts'

export type ChatTabProps = { orgId: OrgId; workspace: Workspace; onOpenTrace: (delegationId: string) => void }

const views = [
  { id: 'mine', label: 'My chat' },
  { id: 'agents', label: 'Agent comms' },
] as const

/** A person's own conversation with a workspace, and what it says to other agents. */
export function ChatTab({ orgId, workspace, onOpenTrace }: ChatTabProps) {
  const [view, setView] = useState<(typeof views)[number]['id']>('mine')
  const chat = useChat(orgId, workspace.id)
  const mayWrite = useMay(orgId, 'chat.write')
  const { conversations, isFresh, id } = chat
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <fieldset className="flex rounded-6 border border-line-2 p-0.5">
          <legend className="sr-only">Which conversation</legend>
          {views.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              aria-pressed={view === id}
              onClick={() => setView(id)}
              className={classes(
                'rounded-4 px-2 py-0.5 text-12',
                view === id ? 'bg-surface-3 font-medium text-fg' : 'text-fg-2 hover:text-fg',
              )}
            >
              {label}
            </button>
          ))}
        </fieldset>
        {view === 'mine' && conversations.length > 0 && (
          <div className="ml-auto flex min-w-40 flex-1 items-center justify-end gap-1">
            <div className="max-w-44 min-w-0 flex-1">
              <Select
                label="Conversation"
                isLabelHidden
                value={isFresh || id === null ? 'new' : id}
                onChange={(next) => (next === 'new' ? chat.begin() : chat.choose(next))}
                options={[
                  ...(isFresh || id === null ? [{ value: 'new', label: 'New conversation' }] : []),
                  ...conversations.map((one) => ({ value: `${one.id}`, label: one.firstWords })),
                ]}
              />
            </div>
            {mayWrite && (
              <IconButton icon={SquarePen} label="New conversation" disabled={isFresh} onClick={chat.begin} />
            )}
          </div>
        )}
      </div>
      {view === 'mine' ? (
        <MyChat orgId={orgId} workspace={workspace} chat={chat} onOpenTrace={onOpenTrace} />
      ) : (
        <AgentComms orgId={orgId} workspace={workspace} onOpenTrace={onOpenTrace} />
      )}
    </>
  )
}
