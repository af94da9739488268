import { useCallback, useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { forgetArrived, forgetLetter, keepLetter, readLetter } from './kept-letter.ts'
import { type Letter, letterOf, type Words } from './letter.ts'

/** A letter that is on its way, or came back. */
type Post = { phase: 'sending'; letter: Letter } | { phase: 'failed'; letter: Letter; error: unknown }

// By workspace and outside the screen: who comes back while words are on their way finds them so, and sends them once.
const posts = new Map<WorkspaceId, Post>()
const listeners = new Set<() => void>()

/** Sends words to a workspace, one letter at a time. Gives the letter once it arrived; nothing where it came back or another is on its way. */
export async function postWords(
  workspaceId: WorkspaceId,
  words: Words,
  send: (letter: Letter) => Promise<unknown>,
): Promise<Letter | undefined> {
  const last = posts.get(workspaceId)
  if (last?.phase === 'sending') return undefined
  const letter = letterOf(last?.letter ?? readLetter(workspaceId), words)
  keepLetter(workspaceId, letter)
  put(workspaceId, { phase: 'sending', letter })
  try {
    await send(letter)
  } catch (error) {
    put(workspaceId, { phase: 'failed', letter, error })
    return undefined
  }
  put(workspaceId, undefined)
  forgetArrived(workspaceId, letter)
  return letter
}

export function postOf(workspaceId: WorkspaceId): Post | undefined {
  return posts.get(workspaceId)
}

/** Whoever says the same from now on says it again: also where the first, that came back, was heard after all. */
export function forgetPost(workspaceId: WorkspaceId): void {
  if (posts.get(workspaceId)?.phase === 'failed') put(workspaceId, undefined)
  forgetLetter(workspaceId)
}

export function usePost(workspaceId: WorkspaceId): Post | undefined {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => posts.get(workspaceId), [workspaceId]),
  )
}

function put(workspaceId: WorkspaceId, post: Post | undefined): void {
  if (post) posts.set(workspaceId, post)
  else posts.delete(workspaceId)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
