import type { DeletedSecret, Secret } from '#shared/secrets/contract.ts'
import { serviceOf } from '#shared/secrets/services.ts'
import type { DeletedRow, SecretRow } from './store.ts'

export function present(row: SecretRow): Secret {
  return {
    ...row,
    service: serviceOf(row.name),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}

export function presentDeleted(row: DeletedRow): DeletedSecret {
  return {
    ...row,
    service: serviceOf(row.name),
    deletedAt: row.deletedAt.toISOString(),
    restorableUntil: row.restorableUntil.toISOString(),
  }
}
