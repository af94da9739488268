import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import type { ControlOffer, ControlVerb } from './control.ts'
import { offerUndo } from './undo.ts'

/** Does what was offered and offers to take it back; events tell the rest. */
export async function runControl(orgId: OrgId, { verb, ids, who }: ControlOffer): Promise<void> {
  const done: (typeof ids)[number][] = []
  try {
    for (const workspaceId of ids) {
      await client.workspaces.control.mutate({ orgId, workspaceId, verb })
      done.push(workspaceId)
    }
  } catch (error) {
    const { message, fix } = readProblem(error)
    notify({ title: message, detail: fix, tone: 'failed' })
  }
  if (done.length === 0) return
  const { said, name, undoneBy } = acts[verb]
  offerUndo(`${said} ${who}`, {
    name: `${name} of ${who}`,
    undo: async () => {
      for (const workspaceId of done.toReversed()) {
        await client.workspaces.control.mutate({ orgId, workspaceId, verb: undoneBy })
      }
    },
  })
}

const acts: Record<ControlVerb, { said: string; name: string; undoneBy: ControlVerb }> = {
  pause: { said: 'Paused', name: 'pause', undoneBy: 'resume' },
  resume: { said: 'Resumed', name: 'resuming', undoneBy: 'pause' },
  freeze: { said: 'Froze', name: 'freeze', undoneBy: 'unfreeze' },
  unfreeze: { said: 'Unfroze', name: 'unfreezing', undoneBy: 'freeze' },
}
