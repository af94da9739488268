import { customService, type Service, serviceOf, services } from '#shared/secrets/services.ts'

/** The service a name belongs to; undefined for the organisation's own names. */
export function serviceNamed(name: string): Service | undefined {
  const id = serviceOf(name)
  return services.find((service) => service.id === id)
}

export function serviceLabel(id: string): string {
  return services.find((service) => service.id === id)?.label ?? 'Your own'
}

/** "Ada", "Ada and Bob", "Ada, Bob and 3 more". */
export function listWords(names: readonly string[], shown = 3): string {
  if (names.length <= 1) return names.join('')
  if (names.length <= shown) return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
  const named = names.slice(0, shown - 1)
  return `${named.join(', ')} and ${names.length - named.length} more`
}

export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** "2 workspaces", "1 MCP server", "2 workspaces and 1 MCP server". */
export function usersWords({ usedBy, usedByServers }: { usedBy: number; usedByServers: number }): string {
  const servers = countWords(usedByServers, 'MCP server')
  if (usedByServers === 0) return countWords(usedBy, 'workspace')
  return usedBy === 0 ? servers : `${countWords(usedBy, 'workspace')} and ${servers}`
}

/** What the field shows while it is empty. */
export function exampleOf(name: string): string {
  const service = serviceNamed(name)
  if (!service) return 'The value'
  return service.keys.includes(name) ? service.example : 'https://…'
}

/** Writes a name as it must be while one types it. */
export function asName(text: string): string {
  return text
    .toUpperCase()
    .replace(/[\s.-]+/g, '_')
    .replace(/[^A-Z0-9_]/g, '')
    .replace(/^[0-9_]+/, '')
    .slice(0, 128)
}

/** Services in the order they are shown, the organisation's own names last. */
export function serviceOrder(id: string): number {
  const at = services.findIndex((service) => service.id === id)
  return id === customService || at < 0 ? services.length : at
}
