import { queryOptions } from '@tanstack/react-query'
import type { AccountInfo, SignInOptions } from '#shared/account/contract.ts'
import { queryClient } from '../../kernel/trpc.ts'
import { getAccount } from './request.ts'

/** One's own account: no event tells of it, so it is read anew whenever it is opened or come back to. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => getAccount<AccountInfo>(''),
  staleTime: 0,
  refetchOnWindowFocus: true,
})

export const signInOptionsQuery = queryOptions({
  queryKey: ['account', 'sign-in-options'],
  queryFn: () => getAccount<SignInOptions>('/sign-in-options'),
  staleTime: 0,
})

export function readAccountAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: accountQuery.queryKey, exact: true })
}
