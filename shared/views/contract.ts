import { z } from 'zod'
import { OrgId, WorkspaceId } from '../kernel/ids.ts'
import { mostCollapsed, mostFilter } from './limits.ts'

export const ViewId = z.uuid().brand<'ViewId'>()
export type ViewId = z.infer<typeof ViewId>

/** What the colours of the cards say. */
export const HeatKind = z.enum(['none', 'status', 'spend', 'queue', 'errors'])
export type HeatKind = z.infer<typeof HeatKind>

/** How a person looks at the graph. What it names may be gone since; then that part says nothing. */
export const ViewLook = z.object({
  viewport: z.object({ x: z.number().finite(), y: z.number().finite(), zoom: z.number().positive().max(10) }),
  /** Teams that are one card. */
  collapsed: z.array(WorkspaceId).max(mostCollapsed),
  heat: HeatKind,
  filter: z.string().max(mostFilter),
})
export type ViewLook = z.infer<typeof ViewLook>

const ViewName = z
  .string()
  .trim()
  .min(1, 'Give the view a name.')
  .max(60, 'Use at most 60 characters.')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use no control characters.')

/** A person's own view of one org, by a name. */
export const View = z.object({ id: ViewId, name: z.string(), look: ViewLook })
export type View = z.infer<typeof View>

export const ViewInput = z.object({ orgId: OrgId, viewId: ViewId })
export type ViewInput = z.infer<typeof ViewInput>

/** The browser makes the id, so that a view that was deleted can come back as itself, and a repeated save is one. */
export const SaveView = ViewInput.extend({ name: ViewName, look: ViewLook })
export type SaveView = z.infer<typeof SaveView>

export const RenameView = ViewInput.extend({ name: ViewName })
export type RenameView = z.infer<typeof RenameView>

/** How a person left the graph; without a viewport the whole org is shown. What is searched for is not kept. */
export const LastLook = ViewLook.omit({ filter: true }).extend({ viewport: ViewLook.shape.viewport.nullable() })
export type LastLook = z.infer<typeof LastLook>

/** The stamp changes with every write: a browser that knows it has seen this look. */
export type KeptLook = { look: LastLook; stamp: string }

export const KeepLook = z.object({ orgId: OrgId, look: LastLook })
export type KeepLook = z.infer<typeof KeepLook>
