import { useState } from 'react'

/** Begins an act only when the one before has ended; what is drawn of that comes a moment after a second press could. */
export function useOneAtATime() {
  const [begin] = useState(oneAtATime)
  return begin
}

/** Each act is given the way to say that it has ended. */
export function oneAtATime() {
  let isUnderWay = false
  return (act: (end: () => void) => void): void => {
    if (isUnderWay) return
    isUnderWay = true
    act(() => {
      isUnderWay = false
    })
  }
}
