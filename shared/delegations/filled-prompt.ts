import { fillPrompt } from '../workspaces/prompt-variables.ts'
import type { WorkContext } from './journal.ts'

/** The prompt as the agent reads it: the variables in it stand for what the context says. It is recorded so. */
export function filledPrompt(
  text: string,
  context: Pick<WorkContext, 'workspace' | 'requesterName' | 'peers'>,
): string {
  const { workspace, requesterName, peers } = context
  const { name, role } = workspace
  return fillPrompt(text, { name, role, requester: requesterName, peers: peers.map((peer) => peer.name) })
}
