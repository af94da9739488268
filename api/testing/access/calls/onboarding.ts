import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

const tells = { none: 'how far a person came with the guide is their own affair' }

export const onboarding: CallsOf<'onboarding'> = {
  guide: { needs: 'onboarding.follow', input: inOrg },
  mark: { needs: 'onboarding.follow', input: ({ orgId }) => ({ orgId, act: 'move' }), tells },
  show: { needs: 'onboarding.follow', input: ({ orgId }) => ({ orgId, isHidden: true }), tells },
}
