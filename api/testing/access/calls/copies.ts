import type { CallsOf } from '../call.ts'
import type { Things } from '../things.ts'

const chosen = ({ orgId, childId }: Things) => ({ orgId, workspaceIds: [childId] })

export const copies: CallsOf<'copies'> = {
  take: { needs: 'files.read', input: chosen },
  paste: {
    needs: 'workspaces.create',
    input: ({ orgId, workspaceId: parentId }) => ({ orgId, bundles: [{ name: 'Scout' }], parentId }),
    tells: ['workspace.created', 'file.saved', 'file.saved'],
  },
  duplicate: {
    needs: 'workspaces.create',
    input: chosen,
    tells: ['workspace.created', 'file.saved', 'file.saved'],
  },
}
