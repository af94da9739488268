import type { ReactNode } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { Button } from '../../ui/button.tsx'
import { askMove } from '../moves/index.ts'
import { useWorkspaces } from '../workspaces/index.ts'
import { runawaySteps, useRunaway } from './runaway.ts'

type ActProps = { orgId: OrgId; isDone: boolean }

/** Two that stand side by side: the one is moved under the other. */
export function MoveAct({ orgId, isDone }: ActProps) {
  const pair = useSiblings(orgId)
  if (isDone) return <Line>Moved. Undo takes it back with everything that came with it: Ctrl or Cmd and Z.</Line>
  if (!pair) return <Line>Make two workspaces, then drag one onto the other: you see first what that changes.</Line>
  const [moved, under] = pair
  return (
    <Line
      act={
        <Button
          size="small"
          onClick={() => askMove({ kind: 'confirm', workspaceIds: [moved.id], toParentId: under.id })}
        >
          Show what that changes
        </Button>
      }
    >
      Drag {moved.name} onto {under.name}, or select it and press M. Before it moves you see who gains and who loses
      contact.
    </Line>
  )
}

export function PromptAct({ orgId, isDone, onPrompt }: ActProps & { onPrompt: (id: WorkspaceId) => void }) {
  const workspaces = useWorkspaces(orgId)
  const chosen =
    named(workspaces, 'Researcher') ?? workspaces.find(({ parentId }) => parentId !== null) ?? workspaces[0]
  if (isDone) return <Line>Tried. What was recorded is played again with your words, and nothing of it is spent.</Line>
  if (!chosen) return <Line>Make a workspace and give it work; its prompt can then be tried on what it did.</Line>
  return (
    <Line
      act={
        <Button size="small" onClick={() => onPrompt(chosen.id)}>
          Open {chosen.name}’s prompt
        </Button>
      }
    >
      Add “Answer in at most 1 sentence.” to the prompt of {chosen.name}, then press Try on recorded work: you see which
      answers would change.
    </Line>
  )
}

type RunawayActProps = ActProps & { onWork: (id: WorkspaceId, delegationId: string) => void }

export function RunawayAct({ orgId, isDone, onWork }: RunawayActProps) {
  const workspaces = useWorkspaces(orgId)
  const writer = named(workspaces, 'Writer')
  const { started, delegation, start, tidy } = useRunaway(orgId)
  if (!writer)
    return <Line>The Writer of this team is gone; any run that passes a limit of its budget is stopped so.</Line>
  if (!started) {
    if (isDone) return <Line>Stopped by the meter. A limit holds however many run at once: none passes it.</Line>
    return (
      <Line
        act={
          <Button size="small" isBusy={start.isPending} onClick={() => start.mutate(writer.id)}>
            Start the runaway
          </Button>
        }
      >
        The Writer is never content and would go on for ever. Each of its runs gets a limit of {runawaySteps} steps;
        watch the meter stop it.
      </Line>
    )
  }
  const isStopped = delegation?.state === 'waiting' && delegation.waitingFor === 'budget'
  return (
    <Line
      act={
        <span className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => onWork(writer.id, started.delegationId)}>
            Open the work
          </Button>
          {(isStopped || isDone) && (
            <Button size="small" isBusy={tidy.isPending} onClick={() => tidy.mutate(started)}>
              End it and remove the limit
            </Button>
          )}
        </span>
      }
    >
      {isStopped
        ? 'Stopped: the next step would have passed the limit, so it was never made.'
        : `It runs: ${delegation?.stepsTaken ?? 0} steps so far. The meter stops it at ${runawaySteps}.`}
    </Line>
  )
}

function Line({ children, act }: { children: ReactNode; act?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="min-w-0 flex-1 basis-64 text-13 text-pretty">{children}</p>
      {act}
    </div>
  )
}

function named(workspaces: readonly Workspace[], name: string): Workspace | undefined {
  return workspaces.find((workspace) => workspace.name === name)
}

/** Those of the demo where they still stand side by side, else any two that do. */
function useSiblings(orgId: OrgId): readonly [Workspace, Workspace] | undefined {
  const workspaces = useWorkspaces(orgId)
  const [moved, under] = [named(workspaces, 'Analyst'), named(workspaces, 'Researcher')]
  if (moved && under && moved.parentId === under.parentId) return [moved, under]
  for (const one of workspaces) {
    const other = workspaces.find(({ id, parentId }) => id !== one.id && parentId !== null && parentId === one.parentId)
    if (other) return [one, other]
  }
  return undefined
}
