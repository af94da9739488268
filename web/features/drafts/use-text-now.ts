import { useEffect, useState, useSyncExternalStore } from 'react'
import { closeSharedText, openSharedText } from './text/open-shared-text.ts'
import type { SharedText, TextRef } from './text/shared-text.ts'
import type { TextState } from './text/text-state.ts'

const loading: TextState = { phase: 'loading' }

/** A file's text as it is now, with what is typed and not saved, for who only looks at it. Nothing is opened until it is wanted. */
export function useTextNow({ orgId, workspaceId, path }: TextRef, mayEdit: boolean, isWanted: boolean): TextState {
  const [text, setText] = useState<SharedText>()
  useEffect(() => {
    if (!isWanted) return
    const file = { orgId, workspaceId, path }
    setText(openSharedText(file, mayEdit))
    return () => closeSharedText(file)
  }, [orgId, workspaceId, path, mayEdit, isWanted])
  return useSyncExternalStore(text?.subscribe ?? neverChanges, () => text?.now() ?? loading)
}

function neverChanges(): () => void {
  return () => {}
}
