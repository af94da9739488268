import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

export const limits: CallsOf<'limits'> = { list: { needs: 'orgs.read', input: inOrg } }
