import { useMutation } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useEffect, useState } from 'react'
import { formatDuration } from '#shared/kernel/format-time.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { queryClient, trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { StatusGlyph } from '../../../ui/status-glyph.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { ProblemText } from '../../workspaces/index.ts'
import { askToStop, useIsStopAsked } from './ask.ts'
import { startAgain } from './org-control.ts'
import { type Shows, usePresentWork } from './use-present-work.ts'

export type CompanyDialogProps = { orgId: OrgId; shows: Shows }

/** "Stop the company", when it was asked for: it is of the present, whatever moment the screen shows. */
export function CompanyDialog(props: CompanyDialogProps) {
  return useIsStopAsked() ? <StopDialog {...props} /> : null
}

const word = 'stop'

function StopDialog({ orgId, shows }: CompanyDialogProps) {
  const [typed, setTyped] = useState('')
  const [askedAt, setAskedAt] = useState(0)
  const stop = useMutation(
    trpc.delegations.stopCompany.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() }),
    }),
  )
  const close = () => askToStop(false)
  if (stop.data)
    return <Stopped orgId={orgId} shows={shows} asked={stop.data.delegations} askedAt={askedAt} onClose={close} />
  const isConfirmed = typed.trim().toLowerCase() === word
  const submit = () => {
    if (!isConfirmed || stop.isPending) return
    setAskedAt(performance.now())
    stop.mutate({ orgId })
  }
  return (
    <Dialog
      isOpen
      onClose={close}
      onSubmit={submit}
      title="Stop the company?"
      description="All work ends now, calls in flight are cut off, and nothing begins until somebody starts it again. What has ended does not come back."
      width="narrow"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" tone="danger" disabled={!isConfirmed} isBusy={stop.isPending}>
            Stop the company
          </Button>
        </>
      }
    >
      <Effect orgId={orgId} shows={shows} />
      <TextField
        label={`Type “${word}” to confirm`}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        autoCapitalize="none"
        data-autofocus
      />
      <ProblemText error={stop.error} />
    </Dialog>
  )
}

/** What would end, in numbers, as it is now. */
function Effect({ orgId, shows }: CompanyDialogProps) {
  const work = usePresentWork(orgId, shows)
  if (!work) return null
  const { alive, running, queued, waiting } = work
  return (
    <div className="mb-3 rounded-6 bg-surface-3 px-3 py-2 text-13" role="status" aria-label="What would end">
      {alive === 0 ? (
        <p className="text-fg-2">No work is under way; nothing would end.</p>
      ) : (
        <>
          <p className="font-medium tabular-nums">
            {alive === 1 ? '1 delegation ends' : `${alive.toLocaleString()} delegations end`}
          </p>
          <p className="text-12 text-fg-2 tabular-nums">
            {running} running · {queued} queued · {waiting} waiting
          </p>
        </>
      )}
    </div>
  )
}

type StoppedProps = CompanyDialogProps & { asked: number; askedAt: number; onClose: () => void }

/** The confirmed effect: how many of those asked to end have ended, as their events come. */
function Stopped({ orgId, shows, asked, askedAt, onClose }: StoppedProps) {
  const left = Math.min(usePresentWork(orgId, shows)?.alive ?? asked, asked)
  const [tookMs, setTookMs] = useState<number>()
  useEffect(() => {
    if (left === 0) setTookMs((known) => known ?? performance.now() - askedAt)
  }, [left, askedAt])
  const start = () => {
    onClose()
    void startAgain(orgId)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="The company is stopped"
      description="Nothing begins until somebody starts it again."
      width="narrow"
      footer={
        <>
          <Button icon={Play} onClick={start}>
            Start again
          </Button>
          <Button tone="primary" onClick={onClose} data-autofocus>
            Done
          </Button>
        </>
      }
    >
      <p role="status" className="flex items-center gap-2 rounded-6 bg-surface-3 px-3 py-2 text-13 tabular-nums">
        <StatusGlyph state={left === 0 ? 'completed' : 'working'} />
        {asked === 0
          ? 'No work was under way.'
          : `${asked - left} of ${asked} ${asked === 1 ? 'delegation' : 'delegations'} ended${
              tookMs === undefined ? '' : ` in ${formatDuration(tookMs)}`
            }`}
      </p>
    </Dialog>
  )
}
