import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

export const notify: CallsOf<'notify'> = {
  routes: { needs: 'notify.read', input: inOrg },
  addRoute: {
    needs: 'notify.routes.write',
    input: ({ orgId, workspaceId }) => ({ orgId, category: 'costs', to: { kind: 'workspace', workspaceId } }),
    tells: ['notify.routes-changed'],
  },
  removeRoute: {
    needs: 'notify.routes.write',
    input: ({ orgId, routeId: id }) => ({ orgId, id }),
    tells: ['notify.routes-changed'],
  },
}
