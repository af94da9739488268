import type { WorkspaceId } from '../kernel/ids.ts'
import type { ContactPolicy } from '../orgs/contract.ts'
import { type Chart, chartWith } from '../workspaces/chart.ts'
import { mountsOf, type WorkspaceAccess } from '../workspaces/mounts.ts'
import type { Move } from './contact-diff.ts'
import type { FileReachChange } from './contract.ts'

type MountDiff = {
  chart: Chart
  policy: ContactPolicy
  moves: readonly Move[]
  /** What configs grant; workspaces whose config grants nothing are not in it. */
  granted: ReadonlyMap<WorkspaceId, WorkspaceAccess>
  workspaces: readonly { id: WorkspaceId; name: string }[]
}

/** Whose files come into reach by a move, and whose leave it: a grant holds while the two may talk. Gains come first. */
export function mountDiff({ chart, policy, moves, granted, workspaces }: MountDiff): FileReachChange[] {
  const after = chartWith(chart, new Map(moves.map((move) => [move.workspaceId, move.toParentId])))
  const changes = [...granted].flatMap(([id, access]): FileReachChange[] => {
    const self = workspaces.find((one) => one.id === id)
    if (!self) return []
    const openIn = ({ parentOf }: Chart) =>
      mountsOf(access, { self, workspaces, parentOf, policy }).filter((mount) => mount.isOpen)
    const [was, is] = [openIn(chart), openIn(after)]
    const only = (some: typeof was, others: typeof was, sign: FileReachChange['sign']) =>
      some
        .filter((one) => !others.some((other) => other.mount === one.mount && other.workspaceId === one.workspaceId))
        .map(({ mount, mode, name }) => ({ sign, workspaceId: id, name: self.name, of: name, mount, mode }))
    return [...only(is, was, 'gains'), ...only(was, is, 'loses')]
  })
  return changes.toSorted((one, other) => (one.sign < other.sign ? -1 : one.sign > other.sign ? 1 : 0))
}
