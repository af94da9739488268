import { PageFrame } from './page-frame.tsx'

export function SignInPage() {
  return (
    <PageFrame title="Sign in">
      <p className="text-pretty text-fg-2">
        Open the link that <code className="font-mono text-fg">npm start</code> printed in your terminal. It signs you
        in once; restart the server to get a new one.
      </p>
    </PageFrame>
  )
}
