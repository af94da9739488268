import { randomUUID } from 'node:crypto'
import { ActId } from '#shared/acts/contract.ts'
import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'
import type { Things } from '../things.ts'

/** Acts are their doer's own: nobody here has done any, so each is as good as unknown. */
const ofAct = ({ orgId }: Things) => ({ orgId, actId: ActId.parse(randomUUID()) })
const tells = { none: 'nobody has done anything that could be taken back' }

export const undo: CallsOf<'undo'> = {
  standing: { needs: 'workspaces.read', input: inOrg },
  undo: { needs: 'workspaces.read', input: ofAct, own: 'not-found', tells },
  redo: { needs: 'workspaces.read', input: ofAct, own: 'not-found', tells },
}
