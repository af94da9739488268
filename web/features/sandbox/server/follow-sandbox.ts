import { queryClient, trpc } from '../../../kernel/trpc.ts'

/** Whom programs of agents may reach is read anew after any event about it. */
export function followSandbox(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.sandbox.pathKey() })
}
