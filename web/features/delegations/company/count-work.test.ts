import { expect, it } from 'vitest'
import type { ActiveDelegation } from '#shared/delegations/contract.ts'
import { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { countWork } from './count-work.ts'

const work = (state: ActiveDelegation['state']): ActiveDelegation => ({
  ...{ id: DelegationId.parse(crypto.randomUUID()), parentId: null, fromWorkspaceId: null, state, waitingFor: null },
  ...{ workspaceId: WorkspaceId.parse(crypto.randomUUID()), since: '2031-05-04T10:00:00.000Z' },
})

it('counts what has not ended by how it stands, the lost among the running', () => {
  expect(countWork((['running', 'lost', 'queued', 'waiting', 'waiting'] as const).map(work))).toEqual({
    ...{ alive: 5, running: 2, queued: 1, waiting: 2 },
  })
  expect(countWork([])).toEqual({ alive: 0, running: 0, queued: 0, waiting: 0 })
})
