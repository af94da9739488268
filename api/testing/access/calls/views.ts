import { randomUUID } from 'node:crypto'
import { ViewId } from '#shared/views/contract.ts'
import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'
import type { Things } from '../things.ts'

const tells = { none: 'how a person looks at the graph is their own affair' }

/** Views are their maker's own: nobody here has made any, so each is as good as unknown. */
const ofView = ({ orgId }: Things) => ({ orgId, viewId: ViewId.parse(randomUUID()) })

const look = { viewport: { x: 0, y: 0, zoom: 1 }, collapsed: [], heat: 'none' as const, filter: '' }

export const views: CallsOf<'views'> = {
  list: { needs: 'views.keep', input: inOrg },
  save: { needs: 'views.keep', input: (things) => ({ ...ofView(things), name: 'Mornings', look }), tells },
  rename: {
    needs: 'views.keep',
    input: (things) => ({ ...ofView(things), name: 'Evenings' }),
    own: 'not-found',
    tells,
  },
  lastLook: { needs: 'views.keep', input: inOrg },
  keepLook: {
    needs: 'views.keep',
    input: ({ orgId }) => ({ orgId, look: { viewport: null, collapsed: [], heat: 'none' } }),
    tells,
  },
  delete: { needs: 'views.keep', input: ofView, own: 'not-found', tells },
}
