import { LogIn } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Part } from './part.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { useAct } from './use-act.ts'

/** Another provider that the operator configured. */
export function ProviderPart({ oidc }: { oidc: { name: string; isConnected: boolean } }) {
  const connect = useAct(async () => {
    const { url } = await postAccount<{ url: string }>('oidc')
    window.location.assign(url)
    // Busy until the browser has left.
    await new Promise(() => {})
  })
  return (
    <Part
      title={oidc.name}
      detail={
        oidc.isConnected
          ? 'Connected: you can sign in with it.'
          : 'Not connected. Connect it to sign in without a password.'
      }
      action={
        !oidc.isConnected && (
          <Button icon={LogIn} isBusy={connect.isBusy} onClick={connect.run}>
            Connect
          </Button>
        )
      }
    >
      <ProblemNote problem={connect.problem} />
    </Part>
  )
}
