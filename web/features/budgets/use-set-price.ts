import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'

export type NewPrice = { orgId: OrgId; model: string; input: number; output: number; cacheRead: number | null }

/** The organisation's own price of a model; what waited for a price goes on. */
export function useSetPrice() {
  return useMutation({
    mutationFn: (price: NewPrice) => client.budgets.setPrice.mutate(price),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.budgets.pathKey() }),
  })
}

/** Back to the catalogue's price. */
export function useResetPrice() {
  return useMutation({
    mutationFn: (which: { orgId: OrgId; model: string }) => client.budgets.resetPrice.mutate(which),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.budgets.pathKey() }),
  })
}
