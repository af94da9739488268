import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'

/** The text in the editor, and what can be done with it. */
export type EditedPrompt = { text: string; isUnsaved: boolean; save: () => void; drop: () => void }

export type TryPromptProps = { orgId: OrgId; workspace: Workspace; prompt: EditedPrompt }
