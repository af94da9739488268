import type { Target } from './case.ts'

/** What a stand-in may be asked: it has Node of this machine do the work, and no wall would keep the rest off it. */
export const standInTargets: readonly Target[] = ['time']
