import { z } from 'zod'
import { OrgId } from '../kernel/ids.ts'

/** What a newcomer is led through: move a workspace, try a prompt on recorded work, see a runaway stopped by the meter. */
export const GuidedAct = z.enum(['move', 'prompt', 'runaway'])
export type GuidedAct = z.infer<typeof GuidedAct>

/** One person's way through the guided acts of an org. */
export type Guide = {
  /** The org's rehearsal has a scene for the last act, as that of the demo has. */
  isOffered: boolean
  done: GuidedAct[]
  /** Put away; it comes back when the person asks for it. */
  isHidden: boolean
}

export const MarkGuide = z.object({ orgId: OrgId, act: GuidedAct })
export type MarkGuide = z.infer<typeof MarkGuide>

/** Asked for anew with `isAfresh` the acts begin from the first. */
export const ShowGuide = z.object({ orgId: OrgId, isHidden: z.boolean(), isAfresh: z.boolean().default(false) })
export type ShowGuide = z.infer<typeof ShowGuide>
