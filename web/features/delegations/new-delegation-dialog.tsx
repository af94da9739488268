import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { Priority } from '#shared/delegations/contract.ts'
import { maxTaskChars } from '#shared/delegations/limits.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { isMacPlatform, keyCaps } from '../../kernel/keys.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Select } from '../../ui/select.tsx'
import { TextareaField } from '../../ui/textarea-field.tsx'
import { ProblemText, useWorkspaces } from '../workspaces/index.ts'
import { closeDelegation, type DelegationQuestion, useDelegationQuestion } from './ask.ts'
import { type Attempt, attemptOf } from './attempt.ts'
import { DryRunView } from './dry-run/dry-run-view.tsx'
import { useDryRun } from './dry-run/use-dry-run.ts'
import { exampleTasks } from './example-tasks.ts'
import { useCreateDelegation } from './use-create-delegation.ts'

/** "New delegation", when it was asked for. */
export function DelegationDialogs({ orgId }: { orgId: OrgId }) {
  const question = useDelegationQuestion()
  return question ? <NewDelegationDialog key={question.key} orgId={orgId} question={question} /> : null
}

function NewDelegationDialog({ orgId, question }: { orgId: OrgId; question: DelegationQuestion }) {
  const workspaces = useWorkspaces(orgId)
  const [task, setTask] = useState(question.task)
  const [chosenId, setChosenId] = useState(question.workspaceId)
  const [priority, setPriority] = useState<Priority>('normal')
  const receiver = workspaces.find(({ id }) => id === chosenId) ?? workspaces.find(({ parentId }) => parentId === null)
  // A double click gives one delegation; what was edited after a lost answer is work of its own.
  const attempt = useRef<Attempt>(undefined)
  const create = useCreateDelegation(receiver?.name ?? 'the workspace')
  const dry = useDryRun()
  const isPlayed = dry.variables?.task === task.trim() && dry.variables.workspaceId === receiver?.id
  const isTooLong = task.length > maxTaskChars
  const canSubmit = receiver !== undefined && task.trim() !== '' && !isTooLong

  const submit = () => {
    if (!canSubmit || create.isPending) return
    const work = { orgId, workspaceId: receiver.id, task: task.trim(), priority, rejectWhenBusy: false }
    attempt.current = attemptOf(attempt.current, work)
    create.mutate({ ...work, idempotencyKey: attempt.current.key }, { onSuccess: closeDelegation })
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    submit()
  }

  const problem = create.error ? readProblem(create.error) : undefined
  const taskError = isTooLong
    ? `Use at most ${maxTaskChars} characters.`
    : problem?.field === 'task'
      ? problem.message
      : undefined
  return (
    <Dialog
      isOpen
      onClose={closeDelegation}
      onSubmit={submit}
      title="New delegation"
      description={<RehearsalNote orgId={orgId} receiver={receiver} />}
      footer={
        <>
          <Button
            disabled={!canSubmit}
            isBusy={dry.isPending}
            onClick={() => receiver && dry.mutate({ orgId, workspaceId: receiver.id, task: task.trim() })}
            className="mr-auto"
          >
            Dry run
          </Button>
          <Button onClick={closeDelegation}>Cancel</Button>
          <Button
            type="submit"
            tone="primary"
            isBusy={create.isPending}
            disabled={!canSubmit}
            trailing={<Kbd keys={keyCaps('Mod+Enter', isMacPlatform())} isOnAccent />}
          >
            Delegate
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextareaField
          label="Task"
          value={task}
          onChange={setTask}
          onKeyDown={press}
          error={taskError}
          placeholder="What is to be done, and what a good answer looks like"
          data-autofocus
        />
        <fieldset className="flex flex-wrap items-center gap-1.5">
          <legend className="sr-only">Example tasks</legend>
          {exampleTasks.map((example) => (
            <Button key={example.label} size="small" onClick={() => setTask(example.task)} title={example.task}>
              {example.label}
            </Button>
          ))}
        </fieldset>
        <div className="grid grid-cols-[1fr_auto] gap-3">
          <Select
            label="Workspace"
            value={receiver?.id ?? ''}
            onChange={(value) => setChosenId(workspaces.find(({ id }) => id === value)?.id ?? null)}
            options={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Select label="Priority" value={priority} onChange={setPriority} options={priorities} />
        </div>
        {workspaces.length === 0 && <p className="text-fg-2">There is no workspace yet. Create one first.</p>}
        {problem && problem.field !== 'task' && <ProblemText error={create.error} />}
        {dry.error && <ProblemText error={dry.error} />}
        {dry.data && isPlayed && <DryRunView run={dry.data} />}
      </div>
    </Dialog>
  )
}

const priorities: readonly { value: Priority; label: string }[] = [
  { value: 'critical', label: 'Critical' },
  { value: 'high', label: 'High' },
  { value: 'normal', label: 'Normal' },
  { value: 'low', label: 'Low' },
]

function RehearsalNote({ orgId, receiver }: { orgId: OrgId; receiver: Workspace | undefined }) {
  const org = useQuery(trpc.orgs.get.queryOptions({ orgId })).data
  if (org?.isRehearsal || receiver?.model === 'rehearsal') {
    return <>The rehearsal model will answer: it needs no key, costs nothing, and its words are labelled.</>
  }
  return <>{receiver ? `${receiver.model} will answer.` : 'Give a workspace something to do.'}</>
}
