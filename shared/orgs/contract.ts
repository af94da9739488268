import { z } from 'zod'
import { OrgId } from '../kernel/ids.ts'

export const Role = z.enum(['owner', 'admin', 'manager', 'member', 'viewer'])
export type Role = z.infer<typeof Role>

/** Who may talk to whom: `direct` is self, siblings, parent, children; `lineage` adds every ancestor and descendant. */
export const ContactPolicy = z.enum(['direct', 'lineage'])
export type ContactPolicy = z.infer<typeof ContactPolicy>

export const OrgName = z.string().trim().min(1, 'Give the organisation a name.').max(120, 'Use at most 120 characters.')

export const Org = z.object({
  id: OrgId,
  name: z.string(),
  contactPolicy: ContactPolicy,
  /** True while every workspace is run by the rehearsal model. */
  isRehearsal: z.boolean(),
  /** Nothing starts until somebody starts it again. */
  isStopped: z.boolean(),
  /** Agents may only read. */
  isFrozen: z.boolean(),
  role: Role,
})
export type Org = z.infer<typeof Org>

export const OrgInput = z.object({ orgId: OrgId })
export const SetContactPolicy = z.object({ orgId: OrgId, contactPolicy: ContactPolicy })
/** True: the rehearsal model plays every workspace. False: each is run by the model its config names. */
export const SetRehearsal = z.object({ orgId: OrgId, isRehearsal: z.boolean() })
/** Set or lift. */
export const FreezeOrg = z.object({ orgId: OrgId, isFrozen: z.boolean() })
export type SetContactPolicy = z.infer<typeof SetContactPolicy>

/** In one line: it stands in mails that we send to others. */
const NewOrgName = OrgName.regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use no control characters.')
export const CreateOrg = z.strictObject({ name: NewOrgName })
export const RenameOrg = z.strictObject({ orgId: OrgId, name: NewOrgName })
/** `name`: typed by the person, so that nobody deletes the wrong one. */
export const DeleteOrg = z.strictObject({ orgId: OrgId, name: z.string().max(200) })
