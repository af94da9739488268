import type { CallsOf } from '../call.ts'
import { inOrg, inWorkspace } from '../inputs.ts'

export const secrets: CallsOf<'secrets'> = {
  list: { needs: 'secrets.read', input: inOrg },
  missing: { needs: 'secrets.missing.read', input: inOrg },
  declared: { needs: 'secrets.read', input: inWorkspace },
  set: {
    needs: 'secrets.workspace.write',
    input: (things) => ({ ...inWorkspace(things), name: 'NEW_TOKEN', value: 'a-value-of-no-service' }),
    tells: ['secret.set'],
  },
  setMany: {
    needs: 'secrets.workspace.write',
    input: (things) => ({ ...inWorkspace(things), entries: [{ name: 'NEW_TOKEN', value: 'a-value-of-none' }] }),
    tells: ['secret.set'],
  },
  remove: {
    ...{ needs: 'secrets.org.write', needsFirst: 'secrets.read' },
    input: ({ orgId, secretId }) => ({ orgId, secretId }),
    tells: ['secret.deleted'],
  },
  restore: {
    ...{ needs: 'secrets.org.write', needsFirst: 'secrets.read' },
    input: ({ orgId, goneSecretId: secretId }) => ({ orgId, secretId }),
    tells: ['secret.restored'],
  },
  test: {
    needs: 'secrets.test',
    input: (things) => ({ ...inWorkspace(things), service: 'none' }),
    ...{ own: 'bad-input', others: 'bad-input', tells: { none: 'It asks a service, and keeps nothing.' } },
  },
  keyStatus: { needs: 'secrets.read', input: inOrg },
  rotateKeys: {
    needs: 'secrets.keys.rotate',
    input: ({ orgId }) => ({ orgId, kind: 'data' }),
    tells: ['secrets.rotation-started'],
  },
  usage: { needs: 'secrets.usage.read', input: ({ orgId, secretId }) => ({ orgId, secretId }) },
}
