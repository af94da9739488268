import { z } from 'zod'
import { OrgName } from '../orgs/contract.ts'

const Try = z.object({ workspace: z.string(), task: z.string() })

/** about.yaml beside the org.yaml of a template that ships with the product: what its card says. */
export const LibraryAbout = z.strictObject({
  /** Its place among the cards. */
  rank: z.int(),
  /** One line. */
  tagline: z.string(),
  /** What else to try, after what its rehearsal script opens with. */
  tries: z.array(Try).default([]),
})

export const LibraryEntry = LibraryAbout.extend({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  workspaces: z.array(z.object({ path: z.array(z.string()), role: z.string() })),
  /** Keys it asks for; none runs in rehearsal without. */
  keys: z.array(z.string()),
})
export type LibraryEntry = z.infer<typeof LibraryEntry>

export const NewOrgFromTemplate = z.object({ name: OrgName, slug: z.string().max(80) })
export type NewOrgFromTemplate = z.infer<typeof NewOrgFromTemplate>
