import { useQuery } from '@tanstack/react-query'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { accountQuery } from './cache.ts'
import { PasskeyList } from './passkey-list.tsx'
import { PasswordPart } from './password-part.tsx'
import { ProfilePart } from './profile-part.tsx'
import { ProviderPart } from './provider-part.tsx'
import { SecondFactorPart } from './second-factor-part.tsx'
import { SessionList } from './session-list.tsx'

/** A person's own account: who they are, how they sign in, and where they are signed in now. */
export function AccountSection() {
  const { data: account, error, refetch } = useQuery(accountQuery)
  if (error) {
    const { message, fix } = readProblem(error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  if (!account) {
    return (
      <div className="p-4">
        <SkeletonLines count={8} label="Loading your account" />
      </div>
    )
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col divide-y divide-line overflow-y-auto">
      <ProfilePart account={account} />
      <PasswordPart account={account} />
      <SecondFactorPart account={account} />
      <PasskeyList account={account} />
      {account.oidc && <ProviderPart oidc={account.oidc} />}
      <SessionList sessions={account.sessions} />
    </div>
  )
}
