import { useNavigate } from '@tanstack/react-router'
import { readProblem } from '#web/kernel/app-error.ts'
import { queryClient } from '#web/kernel/trpc.ts'
import { notify } from '#web/ui/toast.ts'
import { forgetOrg } from './last-org.ts'

/** Ends the session and leads to where the next one begins; says why where it could not. */
export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate()
  return async () => {
    try {
      const { signOut } = await import('./sign-in.ts')
      await signOut()
    } catch (error) {
      notify({ title: readProblem(error).message, tone: 'failed' })
      return
    }
    forgetOrg()
    queryClient.clear()
    await navigate({ to: '/sign-in', replace: true })
  }
}
