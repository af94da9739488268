import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { SharedCode } from '../../ui/shared-code.ts'
import { meanFile, moveCursor, openFile } from './presence/my-place.ts'
import { colorOf, type Person, peopleOf, presence } from './presence/presence-store.ts'
import { fromBase64, toBase64 } from './text/base64.ts'
import { closeSharedText, openSharedText } from './text/open-shared-text.ts'
import type { SharedText, TextRef } from './text/shared-text.ts'
import type { TextState } from './text/text-state.ts'

const loading: TextState = { phase: 'loading' }

type SharedTextOptions = {
  mayEdit: boolean
  /** Of two texts side by side, the one the keyboard means. */
  isActive: boolean
}

/** One file's text, shared with all who have it open; open for as long as this is on the screen. */
export function useSharedText({ orgId, workspaceId, path }: TextRef, { mayEdit, isActive }: SharedTextOptions) {
  const [text, setText] = useState<SharedText>()
  useEffect(() => {
    const file = { orgId, workspaceId, path }
    const opened = openSharedText(file, mayEdit)
    setText(opened)
    const leave = openFile(file, opened.heardSeq)
    return () => {
      leave()
      closeSharedText(file)
    }
  }, [orgId, workspaceId, path, mayEdit])
  useEffect(() => (isActive ? meanFile({ orgId, workspaceId, path }) : undefined), [isActive, orgId, workspaceId, path])
  const state = useSyncExternalStore(text?.subscribe ?? neverChanges, () => text?.now() ?? loading)
  return { text, state }
}

/** The text as the editor takes it; the same object for as long as it is the same document. */
export function useSharedCode({ orgId, workspaceId, path }: TextRef, state: TextState): SharedCode | undefined {
  const open = state.phase === 'open' ? state.open : undefined
  return useMemo(() => {
    if (!open) return undefined
    const file = { orgId, workspaceId, path }
    return {
      text: open.text,
      undo: open.undo,
      cursors: {
        now: () => cursorsOn(file),
        subscribe: presence.subscribePages,
        move: ({ anchor, head }) => moveCursor(file, { anchor: toBase64(anchor), head: toBase64(head) }),
      },
    }
  }, [open, orgId, workspaceId, path])
}

function cursorsOn({ workspaceId, path }: TextRef) {
  return presence.pagesOn(workspaceId, path).flatMap(({ id, userId, name, file }) =>
    file?.cursor
      ? [
          {
            ...{ id, name, color: colorOf(userId) },
            anchor: fromBase64(file.cursor.anchor),
            head: fromBase64(file.cursor.head),
          },
        ]
      : [],
  )
}

/** The others who have this file open; told anew only when somebody comes or goes. */
export function usePeopleOn({ workspaceId, path }: TextRef): readonly Person[] {
  const known = useMemo(() => createPeopleOn(workspaceId, path), [workspaceId, path])
  return useSyncExternalStore(presence.subscribePages, known)
}

function createPeopleOn(workspaceId: TextRef['workspaceId'], path: string): () => readonly Person[] {
  let last: readonly Person[] = []
  return () => {
    const now = peopleOf(presence.pagesOn(workspaceId, path))
    if (now.length !== last.length || now.some(({ userId }, index) => userId !== last[index]?.userId)) last = now
    return last
  }
}

function neverChanges(): () => void {
  return () => {}
}
