import { gathered } from '../../../kernel/gathered.ts'
import { queryClient, trpc } from '../../../kernel/trpc.ts'

/** Under which is kept what is under way now, where the screen shows another moment. */
export const presentWorkKey = ['delegations.present']

/** Has the lists and traces that are shown read again, at most five times a second however much happens. */
export const followWork = gathered(200, () => {
  void queryClient.invalidateQueries({ queryKey: presentWorkKey })
  void queryClient.invalidateQueries({ queryKey: trpc.delegations.list.pathKey() })
  void queryClient.invalidateQueries({ queryKey: trpc.delegations.get.pathKey() })
  void queryClient.invalidateQueries({ queryKey: trpc.delegations.tree.pathKey() })
  void queryClient.invalidateQueries({ queryKey: trpc.replays.compare.pathKey() })
  void queryClient.invalidateQueries({ queryKey: trpc.replays.relatives.pathKey() })
})
