import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Priority } from '#shared/delegations/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { ScheduleView } from '#shared/schedules/contract.ts'
import { describeCron } from '#shared/schedules/describe-cron.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TextareaField } from '../../ui/textarea-field.tsx'
import { ProblemText } from '../workspaces/index.ts'
import { formatIn } from './format-until.ts'
import { checkForm, presets, type ScheduleForm } from './schedule-form.ts'
import { useSaveSchedule } from './use-save-schedule.ts'

export type ScheduleDialogProps = {
  orgId: OrgId
  workspace: Pick<Workspace, 'id' | 'name'>
  /** Null for a new one. */
  saved: ScheduleView | null
  onClose: () => void
}

/** A new schedule, or a change of one, with its next three runs told while one types. */
export function ScheduleDialog({ orgId, workspace, saved, onClose }: ScheduleDialogProps) {
  const [form, setForm] = useState<ScheduleForm>(() => formOf(saved))
  const [wasTried, setTried] = useState(false)
  const zones = useId()
  const save = useSaveSchedule(onClose)
  const set = (change: Partial<ScheduleForm>) => setForm((before) => ({ ...before, ...change }))
  const problems = checkForm(form)
  const refused = save.error ? readProblem(save.error) : undefined
  const errorOf = (field: keyof ScheduleForm) => {
    if (refused?.field === field && !problems[field]) return refused.message
    // What is still empty is no mistake before somebody wants to save it.
    return wasTried || form[field].trim() !== '' ? problems[field] : undefined
  }
  const submit = () => {
    setTried(true)
    if (Object.keys(problems).length > 0 || save.isPending) return
    save.mutate({ orgId, workspaceId: workspace.id, saved, form: { ...form, timeZone: form.timeZone.trim() } })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      title={saved ? `Change ${saved.name}` : `New schedule for ${workspace.name}`}
      description={`${workspace.name} is given the task at each of these times, one run at a time.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={save.isPending}>
            {saved ? 'Save' : 'Create schedule'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="Name"
          value={form.name}
          onChange={(name) => set({ name })}
          error={errorOf('name')}
          placeholder="Morning digest"
          data-autofocus
        />
        <TextareaField
          label="Task"
          value={form.task}
          onChange={(task) => set({ task })}
          error={errorOf('task')}
          placeholder="What is to be done each time, and what a good answer looks like"
        />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="When"
            value={form.cron}
            onChange={(cron) => set({ cron })}
            error={errorOf('cron')}
            hint="minute hour day month weekday"
            className="font-mono"
          />
          <TextField
            label="Time zone"
            value={form.timeZone}
            onChange={(timeZone) => set({ timeZone })}
            error={errorOf('timeZone')}
            list={zones}
            autoComplete="off"
          />
          <datalist id={zones}>
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
        <fieldset className="flex flex-wrap items-center gap-1.5">
          <legend className="sr-only">Common times</legend>
          {presets.map(({ label, cron }) => (
            <Button key={label} size="small" onClick={() => set({ cron })} title={`${describeCron(cron)} (${cron})`}>
              {label}
            </Button>
          ))}
        </fieldset>
        <div aria-live="polite" className="min-h-[88px] rounded-6 border border-line bg-surface-2 px-3 py-2 text-12">
          {problems.cron || problems.timeZone ? (
            <p className="text-fg-2">The next three runs are told here.</p>
          ) : (
            <NextRuns orgId={orgId} cron={form.cron.trim()} timeZone={form.timeZone.trim()} />
          )}
        </div>
        <Select
          label="Priority"
          value={form.priority}
          onChange={(priority) => set({ priority })}
          options={priorities}
        />
        {refused && (refused.field === undefined || !(refused.field in form)) && <ProblemText error={save.error} />}
      </div>
    </Dialog>
  )
}

function formOf(saved: ScheduleView | null): ScheduleForm {
  if (!saved) {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    return { name: '', cron: '0 9 * * 1-5', timeZone, task: '', priority: 'normal' }
  }
  const { name, cron, timeZone, task, priority } = saved
  return { name, cron, timeZone, task, priority }
}

function NextRuns({ orgId, cron, timeZone }: { orgId: OrgId; cron: string; timeZone: string }) {
  const preview = useQuery({
    ...trpc.schedules.preview.queryOptions({ orgId, cron, timeZone }),
    placeholderData: keepPreviousData,
  })
  const runs = preview.data ?? []
  const isNever = preview.data?.length === 0 && !preview.isPlaceholderData
  return (
    <>
      <p className="font-medium">{describeCron(cron)}</p>
      {isNever && <p className="text-danger">This time never comes. Look at the day and the month.</p>}
      {preview.error && <p className="text-danger">{readProblem(preview.error).message}</p>}
      <ol className="mt-0.5 text-fg-2 tabular-nums">
        {runs.map((run) => (
          <li key={run}>
            <time dateTime={run}>{formatIn(timeZone, run)}</time>
          </li>
        ))}
      </ol>
    </>
  )
}

const priorities: readonly { value: Priority; label: string }[] = [
  { value: 'critical', label: 'Critical' },
  { value: 'high', label: 'High' },
  { value: 'normal', label: 'Normal' },
  { value: 'low', label: 'Low' },
]
