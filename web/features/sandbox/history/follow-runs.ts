import { queryClient, trpc } from '#web/kernel/trpc.ts'

/** Has the list that is shown read again. */
export function followRuns(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.runs.pathKey() })
}
