import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

export const tools: CallsOf<'tools'> = {
  list: { needs: 'workspaces.read', input: inOrg },
}
