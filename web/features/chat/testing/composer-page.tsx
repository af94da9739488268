import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Composer } from '../composer.tsx'

// Not part of the app: the test of what is dragged to where one writes opens this page.

/** Where one writes, below words that can be dragged into it. */
function ComposerPage() {
  const [text, setText] = useState('')
  const [given, setGiven] = useState<readonly string[]>([])
  const files = {
    files: [],
    add: (chosen: readonly File[]) => setGiven((before) => [...before, ...chosen.map(({ name }) => name)]),
    remove: () => {},
    forgetSent: () => {},
  }
  return (
    <>
      <b>Ebb</b>
      <output>{given.join()}</output>
      <Composer
        {...{ name: 'Scout', text, files, past: [], isSending: false, isRunning: false }}
        {...{ error: undefined, refused: undefined, box: null, onText: setText, onSend: () => {} }}
      />
    </>
  )
}

createRoot(document.body.appendChild(document.createElement('main'))).render(<ComposerPage />)
