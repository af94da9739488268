import type { CallsOf } from '../call.ts'

export const moves: CallsOf<'moves'> = {
  preview: {
    needs: 'workspaces.read',
    input: ({ orgId, childId: workspaceId }) => ({ orgId, moves: [{ workspaceId, toParentId: null }] }),
  },
  move: {
    needs: 'workspaces.move',
    input: ({ orgId, childId: workspaceId }) => ({ orgId, moves: [{ workspaceId, toParentId: null }] }),
    tells: ['workspace.moved'],
  },
}
