/** A text that was typed into the prompt of a workspace, and whether the page said at once that it is saved. */
export type Typed = {
  words: string
  /** Where it was typed: a person may have been led out of the house by then. */
  orgId: string
  workspace: string
  workspaceId: string
  wasSaved: boolean
  by: string
}
