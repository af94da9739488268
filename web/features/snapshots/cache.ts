import { queryClient, trpc } from '../../kernel/trpc.ts'

/** Has the list that is shown read again. */
export function followSnapshots(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.snapshots.pathKey() })
}
