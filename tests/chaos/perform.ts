import { setTimeout as pause } from 'node:timers/promises'
import { cancelDelegation } from '#api/features/delegations/cancel-delegation.ts'
import { delegate } from '#api/features/delegations/index.ts'
import { retryDelegation } from '#api/features/delegations/retry-delegation.ts'
import { sendMessage } from '#api/features/delegations/send-message.ts'
import { controlWorkspace } from '#api/features/workspaces/control-workspace.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Company } from './company.ts'
import type { Ground } from './ground.ts'
import type { Happening } from './plan.ts'
import type { Promises } from './promises.ts'
import type { Victim } from './victim.ts'

type Scene = { ground: Ground; victims: readonly Victim[]; company: Company; promises: Promises }

/** Lets everything of the plan happen at its time. What dies is alive again at the end. */
export async function perform(plan: readonly Happening[], scene: Scene): Promise<void> {
  const began = performance.now()
  const work = plan.map(async (happening) => {
    await pause(Math.max(0, happening.at - (performance.now() - began)))
    await happen(happening, scene)
  })
  const settled = await Promise.allSettled(work)
  const failed = settled.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}

async function happen(happening: Happening, { ground, victims, company, promises }: Scene): Promise<void> {
  const { context, agents } = company
  switch (happening.what) {
    case 'give': {
      const { agent, key, task, priority } = happening
      const input = { workspaceId: agents[agent], task, priority, idempotencyKey: key }
      const { delegationId } = await untilAnswered(() => delegate(context, input))
      promises.given.set(key, delegationId)
      return
    }
    case 'cancel':
      return await aboutOne(happening.nth, promises, async (id) => {
        await cancelDelegation(context, id)
        promises.cancelled.add(id)
      })
    case 'retry':
      return await aboutOne(happening.nth, promises, async (id) => void (await retryDelegation(context, id)))
    case 'message':
      return await aboutOne(happening.nth, promises, async (id) => {
        await sendMessage(context, id, { text: happening.text })
        promises.messages.push({ delegationId: id, text: happening.text })
      })
    case 'pause': {
      const workspaceId = agents[happening.agent]
      await untilAnswered(() => controlWorkspace(context, { workspaceId, verb: 'pause' }))
      await pause(happening.forMs)
      return await untilAnswered(() => controlWorkspace(context, { workspaceId, verb: 'resume' }))
    }
    case 'kill': {
      const victim = victims[happening.victim]
      await victim?.kill()
      await pause(happening.deadMs)
      return await victim?.revive()
    }
    case 'kill-postgres':
      ground.killPostgres()
      await pause(happening.deadMs)
      return await ground.revivePostgres()
    default:
      return happening satisfies never
  }
}

/** About the nth of what was given so far; a no in words, or no answer at all, promises nothing. */
async function aboutOne(nth: number, { given }: Promises, act: (id: DelegationId) => Promise<void>): Promise<void> {
  const id = [...given.values()][nth % Math.max(given.size, 1)]
  if (!id) return
  try {
    await act(id)
  } catch (error) {
    if (!(error instanceof AppError) && !isLostConnection(error)) throw error
  }
}

/** As a person who tries again until there is an answer. */
async function untilAnswered<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await act()
    } catch (error) {
      const isAway = error instanceof AppError ? ['unavailable', 'busy'].includes(error.code) : isLostConnection(error)
      if (!isAway || tries > 300) throw error
      await pause(50)
    }
  }
}

/** The database went away under the question. */
function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(57P0|08|ECONN|EPIPE)/.test(code) ||
    /Connection terminated|connection.*(closed|ended)|not queryable/i.test(error.message)
  )
}
