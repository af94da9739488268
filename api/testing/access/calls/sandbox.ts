import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

export const sandbox: CallsOf<'sandbox'> = {
  backends: { needs: 'sandbox.read', input: inOrg },
  hosts: { needs: 'sandbox.read', input: inOrg },
  allowHost: {
    needs: 'sandbox.allow',
    input: ({ orgId }) => ({ orgId, host: 'packages.example.com:443' }),
    tells: ['sandbox-host.allowed'],
  },
  removeHost: {
    needs: 'sandbox.allow',
    input: ({ orgId }) => ({ orgId, host: 'never-allowed.example.com:443' }),
    own: 'not-found',
    tells: ['sandbox-host.removed'],
  },
}
