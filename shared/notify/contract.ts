import { z } from 'zod'
import { OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Role } from '../orgs/contract.ts'

export const RouteId = z.uuid().brand<'RouteId'>()
export type RouteId = z.infer<typeof RouteId>

export const Category = z
  .string()
  .trim()
  .min(1, 'Name the category.')
  .max(120, 'Use at most 120 characters.')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use no control characters.')

/** People from a role upward hear of it at the bell; a workspace is given it as a piece of work. */
export const RouteTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('people'), lowest: Role }),
  z.object({ kind: z.literal('workspace'), workspaceId: WorkspaceId }),
])
export type RouteTarget = z.infer<typeof RouteTarget>

/** Where word of a category goes; a category may have several. */
export const Route = z.object({ id: RouteId, category: Category, to: RouteTarget })
export type Route = z.infer<typeof Route>

export const AddRoute = z.object({ orgId: OrgId, category: Category, to: RouteTarget })
export type AddRoute = z.infer<typeof AddRoute>
export const RemoveRoute = z.object({ orgId: OrgId, id: RouteId })
