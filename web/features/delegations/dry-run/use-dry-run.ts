import { useMutation } from '@tanstack/react-query'
import type { DryRunInput } from '#shared/delegations/replay-contract.ts'
import { client } from '../../../kernel/trpc.ts'

/** Plays a task through the organisation without doing anything. */
export function useDryRun() {
  return useMutation({ mutationFn: (input: DryRunInput) => client.replays.dryRun.mutate(input) })
}
