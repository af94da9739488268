import { useRef, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { PastAt } from '#shared/past/contract.ts'
import { pause, seek } from './past-store.ts'
import { tellProblem } from './words.ts'

type Moment = PastAt['moment']

/** Goes to moments as fast as they come, one request at a time; of those that wait only the last is asked for. */
export function useSeek(orgId: OrgId) {
  const [wanted, setWanted] = useState<Moment>()
  const turn = useRef<{ isRunning: boolean; next: Moment | undefined }>({ isRunning: false, next: undefined })

  const run = async () => {
    turn.current.isRunning = true
    try {
      while (turn.current.next) {
        const moment = turn.current.next
        turn.current.next = undefined
        await seek(orgId, moment)
      }
    } catch (error) {
      turn.current.next = undefined
      tellProblem(error)
    }
    turn.current.isRunning = false
    setWanted(undefined)
  }

  const go = (moment: Moment) => {
    pause()
    turn.current.next = moment
    setWanted(moment)
    if (!turn.current.isRunning) void run()
  }

  return { wanted, go }
}
