import { useCallback, useRef } from 'react'
import type { CodeEditorHandle } from '../../../ui/code-editor-props.ts'

/**
 * One text gives way to another in the same place. Where the keyboard was in the first it goes on in the second, for in none its
 * letters would be commands of the page: `hold` is the ref of the place, made anew for each text, which has it meanwhile.
 */
export function useKeptFocus() {
  const place = useRef<HTMLElement>(null)
  const wasInside = useRef(false)
  const hold = useCallback((node: HTMLElement | null) => {
    place.current = node
    if (!node) return undefined
    if (wasInside.current && document.activeElement === document.body) node.focus()
    wasInside.current = false
    return () => {
      wasInside.current = node.contains(document.activeElement)
    }
  }, [])
  const onReady = useCallback((editor: CodeEditorHandle) => {
    // Its text is put in right after it is made; before that it takes no focus.
    queueMicrotask(() => {
      if (document.activeElement === place.current) editor.focus()
    })
  }, [])
  return { hold, onReady }
}
