/** Fallbacks of a workspace whose config.yaml does not say. */
export const configDefaults = {
  runtime: 'native',
  model: 'rehearsal',
  tier: 2,
  maxConcurrentTasks: 1,
  maxSteps: 25,
  maxOutputTokens: 4_096,
  repeatsModelCalls: true,
} as const
