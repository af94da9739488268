/** A text that was typed into the prompt of a workspace, and whether the page said at once that it is saved. */
export type Typed = { words: string; workspace: string; workspaceId: string; wasSaved: boolean; by: string }
