import type { CallsOf } from '../call.ts'
import { inOrg, inWorkspace } from '../inputs.ts'

export const keys: CallsOf<'keys'> = {
  list: { needs: 'keys.read', input: inOrg },
  create: {
    needs: 'keys.own.write',
    input: ({ orgId }) => ({ orgId, name: 'Mine', holder: 'me', role: 'viewer' }),
    tells: ['key.created'],
  },
  revoke: {
    ...{ needs: 'keys.org.write', needsFirst: 'keys.own.write', refusal: 'not-found' },
    input: ({ orgId, keyId }) => ({ orgId, keyId }),
    tells: ['key.revoked'],
  },
  tokens: { needs: 'agent-tokens.read', input: inWorkspace },
  issueToken: { needs: 'agent-tokens.write', input: inWorkspace, tells: ['agent-token.issued'] },
  rotateToken: {
    needs: 'agent-tokens.write',
    input: ({ orgId, agentId: workspaceId }) => ({ orgId, workspaceId }),
    tells: ['agent-token.rotated'],
  },
  revokeToken: {
    needs: 'agent-tokens.write',
    input: ({ orgId, tokenId }) => ({ orgId, tokenId }),
    tells: ['agent-token.revoked'],
  },
}
