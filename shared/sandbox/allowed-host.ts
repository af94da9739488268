/** Where a sandbox may send to: a name, and the port beside it. */
export type AllowedHost = { readonly host: string; readonly port: number }

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const form = new RegExp(`^(\\*\\.)?(${label}(?:\\.${label})*)(?::(\\d{1,5}))?$`)

/**
 * Reads `packages.example.org:443`; 443 is meant when no port is said, and `*.example.org` means every name below it and not
 * itself. Undefined for what is no name: an address of numbers is none, for a name says whom one trusts.
 */
export function readAllowedHost(text: string): AllowedHost | undefined {
  const [, star = '', name, port = '443'] = form.exec(text.trim().toLowerCase()) ?? []
  const number = Number(port)
  if (name === undefined || name.length > 253 || /^[\d.]+$/.test(name) || number < 1 || number > 65_535)
    return undefined
  if (star !== '' && !name.includes('.')) return undefined
  return { host: star + name, port: number }
}

export function writeAllowedHost({ host, port }: AllowedHost): string {
  return `${host}:${port}`
}

export function isHostAllowed(allowed: readonly AllowedHost[], host: string, port: number): boolean {
  const asked = host.toLowerCase().replace(/\.$/, '')
  return allowed.some((each) => {
    if (each.port !== port) return false
    return each.host.startsWith('*.') ? asked.endsWith(each.host.slice(1)) : asked === each.host
  })
}
