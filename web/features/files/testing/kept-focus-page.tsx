import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { useKeptFocus } from '../tabs/use-kept-focus.ts'

// Not part of the app: the test of where the keyboard goes when one text gives way to another opens this page.

/** A place for one text at a time: F2 in it renames it, and the next is there only when it is asked for, as over a slow line. */
function KeptFocusPage() {
  const [path, setPath] = useState('a.md')
  const [isLoaded, setIsLoaded] = useState(true)
  const { hold, onReady } = useKeptFocus()
  const rename = () => {
    setPath('b.md')
    setIsLoaded(false)
  }
  const begin = (editor: HTMLTextAreaElement | null) => {
    if (editor) onReady({ focus: () => editor.focus(), revealLine: () => {}, caret: () => undefined })
  }
  return (
    <>
      <button type="button" onKeyDown={rename}>
        Elsewhere
      </button>
      <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => setIsLoaded(true)}>
        Load
      </button>
      <div key={path} ref={hold} role="tabpanel" aria-label={path} tabIndex={-1}>
        {isLoaded && <textarea ref={begin} aria-label={`Text of ${path}`} onKeyDown={rename} />}
      </div>
    </>
  )
}

createRoot(document.body.appendChild(document.createElement('main'))).render(<KeptFocusPage />)
