import { useMutation } from '@tanstack/react-query'
import { ChevronsUp, MessageSquare } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay, useRole } from '../../kernel/may.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { isAlive } from '../delegations/index.ts'
import { onBegun, takeBegun } from './begun-words.ts'
import { Composer } from './composer.tsx'
import { firstWords } from './first-words.ts'
import { Turn } from './turn.tsx'
import { keepUnsent, readUnsent } from './unsent.ts'
import type { useChat } from './use-chat.ts'
import { useFiles } from './use-files.ts'
import { useStayAtEnd } from './use-stay-at-end.ts'

export type MyChatProps = {
  orgId: OrgId
  workspace: Workspace
  chat: ReturnType<typeof useChat>
  onOpenTrace: (delegationId: string) => void
}

/** A person's conversation with one workspace. */
export function MyChat({ orgId, workspace, chat, onOpenTrace }: MyChatProps) {
  const [text, setText] = useState(() => readUnsent(workspace.id))
  const files = useFiles(orgId, workspace.id)
  const [key, setKey] = useState(() => crypto.randomUUID())
  const isKnown = useRole(orgId) !== undefined
  const mayWrite = useMay(orgId, 'chat.write')
  const { turns, id, isFresh } = chat
  const last = turns.at(-1)
  const box = useRef<HTMLFormElement>(null)
  const type = (next: string) => {
    setText(next)
    keepUnsent(workspace.id, next)
    if (say.error) say.reset()
  }
  const say = useMutation(
    trpc.chat.say.mutationOptions({
      onSuccess: async (_said, { conversationId }) => {
        setText('')
        keepUnsent(workspace.id, '')
        files.clear()
        setKey(crypto.randomUUID())
        chat.choose(conversationId)
        await queryClient.invalidateQueries({ queryKey: trpc.chat.read.pathKey() })
      },
    }),
  )
  // What was begun elsewhere on the page stands here to be looked at and sent.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the way files are added is the same, whichever render made it
  useEffect(() => {
    const take = () => {
      const words = takeBegun(workspace.id)
      if (!words) return
      setText(words.text)
      files.add(words.files)
      box.current?.querySelector('textarea')?.focus()
    }
    take()
    return onBegun(take)
  }, [workspace.id])
  const send = () => {
    const attachmentIds = files.files.flatMap((file) => (file.phase === 'kept' ? [file.id] : []))
    const conversationId = id ?? crypto.randomUUID()
    say.mutate({ orgId, workspaceId: workspace.id, conversationId, text: text.trim(), attachmentIds, key })
  }
  const problem = say.error ? readProblem(say.error) : undefined
  const composer = (
    <Composer
      name={workspace.name}
      text={text}
      onText={type}
      files={files}
      onSend={send}
      isSending={say.isPending}
      isRunning={last !== undefined && isAlive(last.delegation)}
      error={problem && [problem.message, problem.fix].filter(Boolean).join(' ')}
      refused={isKnown && !mayWrite ? 'Viewers read along. A member can talk with workspaces.' : undefined}
      past={turns.flatMap(({ delegation, said }) => [
        delegation.task,
        ...said.filter(({ from }) => from === 'person').map((words) => words.text),
      ])}
      box={box}
    />
  )
  return (
    <>
      {turns.length === 0 ? (
        <Beginning orgId={orgId} workspace={workspace} chat={chat} mayWrite={mayWrite} onChoose={type} box={box} />
      ) : (
        <Turns key={isFresh ? 'fresh' : id} orgId={orgId} chat={chat} onOpenTrace={onOpenTrace} />
      )}
      {composer}
    </>
  )
}

type BeginningProps = Pick<MyChatProps, 'orgId' | 'workspace' | 'chat'> & {
  mayWrite: boolean
  onChoose: (words: string) => void
  box: { current: HTMLFormElement | null }
}

function Beginning({ workspace, chat, mayWrite, onChoose, box }: BeginningProps) {
  const { read, isFresh } = chat
  if (read.error && !read.data && !isFresh) {
    const { message, fix } = readProblem(read.error)
    return (
      <div className="min-h-0 flex-1">
        <ErrorPanel title={message} action={<Button onClick={() => void read.refetch()}>Try again</Button>}>
          {fix}
        </ErrorPanel>
      </div>
    )
  }
  if (!read.data && !isFresh) {
    return (
      <div className="min-h-0 flex-1 p-4">
        <SkeletonLines count={5} label="Loading the conversation" />
      </div>
    )
  }
  const choose = (words: string) => {
    onChoose(words)
    box.current?.querySelector('textarea')?.focus()
  }
  return (
    <EmptyState
      icon={MessageSquare}
      title={`Talk with ${workspace.name}`}
      action={
        mayWrite && (
          <ul aria-label="Words to begin with" className="flex flex-col gap-1.5">
            {firstWords(workspace).map((words) => (
              <li key={words}>
                <button
                  type="button"
                  onClick={() => choose(words)}
                  className="w-full rounded-6 border border-line-2 px-2.5 py-1.5 text-left text-13 text-pretty hover:bg-hover"
                >
                  {words}
                </button>
              </li>
            ))}
          </ul>
        )
      }
    >
      What you say is work like any other: recorded, paid from the same budget, and seen by your organisation.
    </EmptyState>
  )
}

function Turns({ orgId, chat, onOpenTrace }: Omit<MyChatProps, 'workspace'>) {
  const { turns, hasEarlier, read } = chat
  const tail = useStayAtEnd()
  return (
    <div
      ref={tail.box}
      onScroll={tail.onScroll}
      role="log"
      aria-label="Conversation"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]"
    >
      {hasEarlier && (
        <p className="flex justify-center pt-3">
          <Button
            size="small"
            icon={ChevronsUp}
            isBusy={read.isFetchingNextPage}
            onClick={() => void read.fetchNextPage()}
          >
            Show earlier turns
          </Button>
        </p>
      )}
      <div ref={tail.content}>
        {turns.map((turn) => (
          <Turn key={turn.turn} orgId={orgId} turn={turn} onOpenTrace={onOpenTrace} />
        ))}
      </div>
    </div>
  )
}
