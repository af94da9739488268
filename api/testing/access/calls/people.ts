import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

export const people: CallsOf<'people'> = {
  list: { needs: 'people.read', input: inOrg },
  invite: {
    needs: 'people.invite',
    input: ({ orgId }) => ({ orgId, email: 'new@example.com', role: 'member' }),
    tells: ['member.invited'],
  },
  resend: {
    needs: 'people.invite',
    input: ({ orgId, invitationId }) => ({ orgId, invitationId }),
    tells: ['member.invited'],
  },
  revoke: {
    needs: 'people.invite',
    input: ({ orgId, invitationId }) => ({ orgId, invitationId }),
    tells: ['member.invitation-revoked'],
  },
  changeRole: {
    needs: 'people.change-role',
    input: ({ orgId, userId }) => ({ orgId, userId, role: 'member' }),
    tells: ['member.role-changed'],
  },
  remove: {
    needs: 'people.remove',
    input: ({ orgId, userId }) => ({ orgId, userId }),
    tells: ['member.removed'],
  },
  leave: { needs: 'people.leave', input: inOrg, own: ['ok', 'conflict'], tells: ['member.left'] },
}
