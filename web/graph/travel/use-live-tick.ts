import { useEffect, useState } from 'react'
import { liveStore } from '../../features/delegations/index.ts'

const everyMs = 300

/** Renders again a few times a second while something happens. */
export function useLiveTick(): void {
  const [, setTick] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = () => {
      timer = undefined
      setTick((count) => count + 1)
    }
    const stop = liveStore.onFrame(() => {
      timer ??= setTimeout(tick, everyMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
}
