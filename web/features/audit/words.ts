import type { AuditEntry } from '#shared/audit/contract.ts'

/** What happened, in words made of the type: "Workspace created", "Tool call write_file". */
export function headlineOf({ event, call }: AuditEntry): string {
  if (event.type === 'step.changed') return `Tool call ${call?.tool ?? event.payload.name}`
  if (event.type === 'agent.called') return `Tool call ${event.payload.tool}`
  if (event.type === 'access.refused') return `Refused ${event.payload.call}`
  return wordsOfType(event.type)
}

/** "org.contact-policy-changed" as "Organisation contact policy changed". */
export function wordsOfType(type: string): string {
  const [noun = '', ...what] = type.split('.')
  const words = `${nouns[noun] ?? noun} ${what.join(' ')}`.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const nouns: Readonly<Record<string, string>> = { org: 'organisation', chain: 'work in a loop' }

/** To whom or what it was done, with what is worth knowing at a glance. */
export function targetOf({ event }: AuditEntry, nameOf: (id: string) => string | undefined): string {
  const payload = new Map<string, unknown>(Object.entries(event.payload))
  const whom = ['workspaceId', 'userId', 'memberId', 'keyId'].flatMap((key) => {
    const id = payload.get(key)
    const name = typeof id === 'string' ? nameOf(id) : undefined
    return name !== undefined && id !== event.actor.id ? [name] : []
  })
  const times = payload.get('times')
  const often = typeof times === 'number' && times > 1 ? [`${times} times`] : []
  return [...new Set([...whom, ...whatOf(event), ...often])].join(' · ')
}

function whatOf(event: AuditEntry['event']): string[] {
  if (event.type === 'step.changed') return [event.payload.state]
  if (event.type === 'agent.called') return ['from outside']
  const payload = new Map<string, unknown>(Object.entries(event.payload))
  return told.flatMap((key) => {
    const value = payload.get(key)
    return typeof value === 'string' || typeof value === 'number' ? [`${prefixes[key] ?? ''}${value}`] : []
  })
}

const told = ['name', 'path', 'version', 'model', 'tool', 'decision', 'role', 'email', 'reason', 'format']
const prefixes: Readonly<Record<string, string>> = { version: 'version ' }

export const kindWords = { person: 'Person', key: 'API key', workspace: 'Agent', system: 'System' } as const

/** "keepDays" as "Keep days", "workspaceId" as "Workspace". */
export function fieldWords(key: string): string {
  const words = key.replace(/Id$/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
