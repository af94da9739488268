import { queryClient, trpc } from '../../kernel/trpc.ts'

/** Servers, their tools and what workspaces have of them are read anew after any event about a server. */
export function followMcp(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.mcp.pathKey() })
  void queryClient.invalidateQueries({ queryKey: trpc.tools.pathKey() })
}
