import { useMutation } from '@tanstack/react-query'
import { readProblem } from '../../kernel/app-error.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'

const refresh = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: trpc.people.pathKey() }),
    queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() }),
  ])

const tell = (error: unknown) => {
  const { message, fix } = readProblem(error)
  notify({ title: message, detail: fix, tone: 'failed' })
  void refresh()
}

const told = { onSuccess: refresh, onError: tell } as const

/** What can be done with people. Refusals are told where the person looks; the lists are read again in any case. */
export function usePeopleActs() {
  return {
    invite: useMutation(trpc.people.invite.mutationOptions({ onSuccess: refresh })),
    resend: useMutation(trpc.people.resend.mutationOptions(told)),
    revoke: useMutation(trpc.people.revoke.mutationOptions(told)),
    changeRole: useMutation(trpc.people.changeRole.mutationOptions(told)),
    remove: useMutation(trpc.people.remove.mutationOptions(told)),
    leave: useMutation(trpc.people.leave.mutationOptions({ onError: tell })),
    transfer: useMutation(trpc.orgs.transfer.mutationOptions(told)),
  }
}

export type PeopleActs = ReturnType<typeof usePeopleActs>
