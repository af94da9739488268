import { FolderInput } from 'lucide-react'
import { useEffect, useState } from 'react'
import { askTemplates } from './ask.ts'
import { filesOfDrop } from './dropped.ts'

/** Takes a template that is dropped anywhere on the page, unless what lies there takes files itself. */
export function ImportDrop() {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const ending = new AbortController()
    const { signal } = ending
    let leaving: ReturnType<typeof setTimeout> | undefined
    const over = (event: DragEvent) => {
      if (!isForUs(event)) return
      event.preventDefault()
      clearTimeout(leaving)
      // A drag that leaves the window is told to nobody: it is over when no more is heard of it.
      leaving = setTimeout(() => setIsOver(false), 300)
      setIsOver(true)
    }
    const drop = (event: DragEvent) => {
      setIsOver(false)
      if (!isForUs(event) || !event.dataTransfer) return
      event.preventDefault()
      void filesOfDrop(event.dataTransfer.items).then(
        (dropped) => dropped && askTemplates({ kind: 'import', from: { kind: 'dropped', dropped } }),
      )
    }
    window.addEventListener('dragover', over, { signal })
    window.addEventListener('drop', drop, { signal })
    return () => {
      clearTimeout(leaving)
      ending.abort()
    }
  }, [])
  if (!isOver) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-scrim">
      <p className="flex items-center gap-2 rounded-8 bg-surface px-4 py-3 font-medium shadow-dialog">
        <FolderInput size={16} strokeWidth={1.75} aria-hidden />
        Drop it to see what importing it would do
      </p>
    </div>
  )
}

function isForUs(event: DragEvent): boolean {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return false
  const target = event.target instanceof Element ? event.target : null
  return target?.closest('[role="dialog"], [data-takes-files], input[type="file"], .monaco-editor') == null
}
