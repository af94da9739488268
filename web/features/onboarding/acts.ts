import type { GuidedAct } from '#shared/onboarding/contract.ts'
import type { OrgEvent } from '#shared/org-event.ts'

export const guidedActs = ['move', 'prompt', 'runaway'] as const satisfies readonly GuidedAct[]

export const actWords: Readonly<Record<GuidedAct, { short: string; title: string }>> = {
  move: { short: 'Move', title: 'Move a workspace' },
  prompt: { short: 'Prompt', title: 'Try a prompt' },
  runaway: { short: 'Runaway', title: 'Stop a runaway' },
}

/** Which act this event proves to be done; trying a prompt leaves no event and is told by the trial itself. */
export function actDone(event: OrgEvent): GuidedAct | undefined {
  if (event.type === 'workspace.moved') return event.actor.kind === 'person' ? 'move' : undefined
  if (event.type === 'delegation.waiting') return event.payload.waitingFor === 'budget' ? 'runaway' : undefined
  return event.type === 'chain.paused' ? 'runaway' : undefined
}

/** The act to show: the one that was chosen, else the first that is not done. */
export function currentAct(done: readonly GuidedAct[], chosen: GuidedAct | undefined): GuidedAct | undefined {
  return chosen ?? guidedActs.find((act) => !done.includes(act))
}
