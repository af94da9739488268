import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { createAsked } from '../../kernel/asked.ts'

/** Asks for the keys that are missing: of one workspace, or of all, before real models play them. */
export type KeysQuestion = { kind: 'workspace'; workspaceId: WorkspaceId } | { kind: 'go-live' }

const asked = createAsked<KeysQuestion | undefined>(undefined)

export const askKeys = asked.ask
/** For the one place that shows it. */
export const useKeysQuestion = asked.useAskedHere
