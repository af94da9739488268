import type { CallsOf } from '../call.ts'
import { inOrg, inWorkspace } from '../inputs.ts'

export const workspaces: CallsOf<'workspaces'> = {
  list: { needs: 'workspaces.read', input: inOrg },
  mounts: { needs: 'workspaces.read', input: inWorkspace },
  create: {
    needs: 'workspaces.create',
    input: ({ orgId, workspaceId: parentId }) => ({ orgId, name: 'Analyst', parentId }),
    tells: ['workspace.created', 'file.saved', 'file.saved'],
  },
  rename: {
    needs: 'workspaces.edit',
    input: (things) => ({ ...inWorkspace(things), name: 'Chief' }),
    tells: ['workspace.renamed'],
  },
  configure: {
    needs: 'workspaces.edit',
    input: (things) => ({ ...inWorkspace(things), role: 'Leads' }),
    tells: ['file.saved'],
  },
  control: {
    needs: 'workspaces.control',
    input: (things) => ({ ...inWorkspace(things), verb: 'freeze' }),
    tells: ['workspace.frozen'],
  },
  batch: {
    needs: 'workspaces.control',
    input: ({ orgId, childId: workspaceId }) => ({ orgId, verb: 'pause', workspaces: [{ workspaceId }] }),
    // Each is tried by itself: ids of another org fail one by one, as unknown ones do.
    others: 'ok',
    tells: ['workspace.paused'],
  },
  place: {
    needs: 'workspaces.move',
    input: ({ orgId, workspaceId }) => ({ orgId, positions: [{ workspaceId, position: { x: 1, y: 2 } }] }),
    tells: ['workspace.placed'],
  },
  delete: {
    needs: 'workspaces.delete',
    input: ({ orgId, childId: workspaceId }) => ({ orgId, workspaceId }),
    tells: ['workspace.deleted'],
  },
  restore: {
    needs: 'workspaces.delete',
    input: ({ orgId, goneId }) => ({ orgId, workspaceIds: [goneId] }),
    tells: ['workspace.restored'],
  },
}
