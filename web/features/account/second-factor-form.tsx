import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { fieldError, useAct } from './use-act.ts'

/** The second half of a sign-in: a code of the app, or one of the backup codes. */
export function SecondFactorForm({ onSignedIn, onBack }: { onSignedIn: () => void; onBack: () => void }) {
  const [kind, setKind] = useState<'app' | 'backup'>('app')
  const [code, setCode] = useState('')
  const [isTrusted, setTrusted] = useState(false)
  const verify = useAct(async () => {
    await postAccount('second-factor', { code, kind, isTrusted })
    onSignedIn()
  })
  const isOver = verify.problem?.code === 'unauthenticated'

  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        verify.run()
      }}
    >
      <TextField
        key={kind}
        label={kind === 'app' ? 'Code from your app' : 'Backup code'}
        hint={kind === 'app' ? 'Six digits; a new one every 30 seconds.' : 'Each works once, like abcde-12345.'}
        name="code"
        inputMode={kind === 'app' ? 'numeric' : 'text'}
        autoComplete="one-time-code"
        autoFocus
        className="font-mono tracking-widest"
        value={code}
        onChange={setCode}
        error={fieldError(verify.problem, 'code')}
      />
      <label className="flex items-center gap-2 text-13 text-fg-2">
        <input
          type="checkbox"
          className="accent-accent"
          checked={isTrusted}
          onChange={({ target }) => setTrusted(target.checked)}
        />
        Ask no code on this browser for 30 days
      </label>
      <ProblemNote problem={verify.problem} fields={['code']} />
      <div className="flex items-center justify-between gap-2">
        <Button
          tone="ghost"
          className="-ml-2.5"
          onClick={() => {
            setKind(kind === 'app' ? 'backup' : 'app')
            setCode('')
            verify.clear()
          }}
        >
          {kind === 'app' ? 'Use a backup code' : 'Use a code from your app'}
        </Button>
        <div className="flex gap-2">
          {isOver && <Button onClick={onBack}>Start again</Button>}
          <Button type="submit" tone="primary" isBusy={verify.isBusy} disabled={code.trim().length < 6}>
            Sign in
          </Button>
        </div>
      </div>
    </form>
  )
}
