import { useEffect, useRef, useState } from 'react'
import type { PromptTrial, TryPrompt } from '#shared/delegations/replay-contract.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client } from '../../../kernel/trpc.ts'
import { tellTried } from './tried.ts'

/** How one case stands; `refused` is a trial that did not come to an end of its own. */
export type Trial =
  | { phase: 'idle' }
  | { phase: 'running' }
  | { phase: 'tried'; result: PromptTrial }
  | { phase: 'refused'; message: string }

export type Trials = { isRunning: boolean; done: number; changed: number; failed: number; cost: number }

const idle: Trial = { phase: 'idle' }

/** Tries a prompt on one recorded delegation after the other, until all are tried or somebody stops it. */
export function useTrials(given: Pick<TryPrompt, 'orgId' | 'workspaceId' | 'prompt'>) {
  const [trials, setTrials] = useState<ReadonlyMap<string, Trial>>(new Map())
  const [isRunning, setRunning] = useState(false)
  const going = useRef<AbortController | undefined>(undefined)
  const stop = () => going.current?.abort()
  useEffect(() => () => going.current?.abort(), [])

  const run = async (delegationIds: readonly TryPrompt['delegationId'][]) => {
    stop()
    const abort = new AbortController()
    going.current = abort
    const put = (id: string, trial: Trial) => {
      if (!abort.signal.aborted) setTrials((known) => new Map(known).set(id, trial))
    }
    setTrials(new Map())
    setRunning(true)
    for (const delegationId of delegationIds) {
      if (abort.signal.aborted) break
      put(delegationId, { phase: 'running' })
      try {
        const result = await client.replays.tryPrompt.mutate({ ...given, delegationId }, { signal: abort.signal })
        put(delegationId, { phase: 'tried', result })
        tellTried(given.orgId)
      } catch (error) {
        put(delegationId, { phase: 'refused', message: readProblem(error).message })
      }
    }
    setTrials((known) => new Map([...known].filter(([, { phase }]) => phase !== 'running')))
    setRunning(false)
  }

  const results = [...trials.values()].flatMap((trial) => (trial.phase === 'tried' ? [trial.result] : []))
  return {
    isRunning,
    done: [...trials.values()].filter(({ phase }) => phase !== 'running').length,
    changed: results.filter(({ hasChanged }) => hasChanged).length,
    failed: results.filter(({ answer }) => answer === null).length,
    cost: results.reduce((sum, { cost }) => sum + cost, 0),
    of: (id: string): Trial => trials.get(id) ?? idle,
    run,
    stop,
  }
}
