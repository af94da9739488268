import { useReducer, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createAsked } from '../asked.ts'

// Not part of the app: the test of what is asked opens this page.
const asked = createAsked('nothing')

/** The place that shows what is asked; it can be left, entered and drawn again. Beside it somebody only hears of it. */
function AskedPage() {
  const [isHere, setIsHere] = useState(true)
  const [times, drawAgain] = useReducer((drawn: number) => drawn + 1, 1)
  return (
    <>
      <button type="button" onClick={() => asked.ask('Move Research under Build?')}>
        Ask
      </button>
      <button type="button" onClick={() => setIsHere(!isHere)}>
        {isHere ? 'Leave' : 'Enter'}
      </button>
      <button type="button" onClick={drawAgain}>
        Draw again
      </button>
      {isHere && <Place times={times} />}
      <p>Beside: {asked.useAsked()}</p>
    </>
  )
}

function Place({ times }: { times: number }) {
  return (
    <p>
      Here, drawn {times}: {asked.useAskedHere()}
    </p>
  )
}

createRoot(document.body.appendChild(document.createElement('main'))).render(<AskedPage />)
