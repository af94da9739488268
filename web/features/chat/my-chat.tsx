import { ChevronsUp, MessageSquare } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay, useRole } from '../../kernel/may.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { isAlive } from '../delegations/index.ts'
import { onBegun, takeBegun } from './begun-words.ts'
import { Composer } from './composer.tsx'
import { firstWords } from './first-words.ts'
import { bringBackFiles } from './kept-letter.ts'
import { isSame } from './letter.ts'
import { forgetPost, postWords, usePost } from './post.ts'
import { Turn } from './turn.tsx'
import { unsent } from './unsent.ts'
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
  const text = unsent.useWords(workspace.id)
  const files = useFiles(orgId, workspace.id)
  const post = usePost(workspace.id)
  const isKnown = useRole(orgId) !== undefined
  const mayWrite = useMay(orgId, 'chat.write')
  const { turns, id, isFresh } = chat
  const last = turns.at(-1)
  const box = useRef<HTMLFormElement>(null)
  const type = (next: string) => {
    unsent.keep(workspace.id, next)
    // What is written from here on is said for the first time, also where it is the same.
    if (next.trim() === '') forgetPost(workspace.id)
  }
  // What was begun elsewhere on the page stands here to be looked at and sent.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the way files are added is the same, whichever render made it
  useEffect(() => {
    const take = () => {
      const begun = takeBegun(workspace.id)
      if (!begun) return
      forgetPost(workspace.id)
      files.add(begun)
      box.current?.querySelector('textarea')?.focus()
    }
    take()
    bringBackFiles(workspace.id, unsent.read(workspace.id))
    return onBegun(take)
  }, [workspace.id])
  const words = {
    conversationId: id,
    text: text.trim(),
    attachmentIds: files.files.flatMap((file) => (file.phase === 'kept' ? [file.id] : [])),
  }
  const send = async () => {
    const sent = await postWords(workspace.id, words, ({ attachmentIds, ...letter }) =>
      client.chat.say.mutate({ orgId, workspaceId: workspace.id, ...letter, attachmentIds: [...attachmentIds] }),
    )
    if (!sent) return
    unsent.forgetSent(workspace.id, sent.text)
    files.forgetSent(sent.attachmentIds)
    chat.arrive(sent.conversationId)
    await queryClient.invalidateQueries({ queryKey: trpc.chat.read.pathKey() })
  }
  // Why it came back is of those words: it goes as soon as they are edited.
  const problem = post?.phase === 'failed' && isSame(post.letter, words) ? readProblem(post.error) : undefined
  const composer = (
    <Composer
      name={workspace.name}
      text={text}
      onText={type}
      files={files}
      onSend={() => void send()}
      isSending={post?.phase === 'sending'}
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
