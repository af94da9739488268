import type { Policy } from '../orgs/permission.ts'

export const onboardingPolicy = {
  'onboarding.follow': { lowest: 'viewer', to: 'follow the guide', inPerson: true },
} as const satisfies Policy<'onboarding'>
