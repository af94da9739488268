import type { Secret } from '#shared/secrets/contract.ts'
import { serviceLabel, serviceOrder } from './words.ts'

export type SecretGroup = { service: string; secrets: Secret[] }

/** What fits the words, by service in the order services are shown, names in order, the organisation's before workspaces'. */
export function groupSecrets(
  secrets: readonly Secret[],
  words: string,
  scopeNameOf: (secret: Secret) => string | undefined,
): SecretGroup[] {
  const wanted = words.trim().toLowerCase()
  const text = (secret: Secret) =>
    `${secret.name} ${serviceLabel(secret.service)} ${scopeNameOf(secret) ?? 'organisation'} ${secret.hint}`.toLowerCase()
  const fitting = secrets.filter((secret) => text(secret).includes(wanted))
  const found = [...new Set(fitting.map(({ service }) => service))].sort((a, b) => serviceOrder(a) - serviceOrder(b))
  return found.map((service) => ({
    service,
    secrets: fitting
      .filter((secret) => secret.service === service)
      .sort((a, b) => a.name.localeCompare(b.name) || rank(a) - rank(b)),
  }))
}

function rank({ workspaceId }: Secret): number {
  return workspaceId === null ? 0 : 1
}
