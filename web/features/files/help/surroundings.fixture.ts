import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Surroundings } from './surroundings.ts'

const id = (digit: number) => WorkspaceId.parse(`0199aaaa-0000-7000-8000-00000000000${digit}`)

/** Lead with two reports; Stranger works under another lead. */
export function makeSurroundings(given: Partial<Surroundings> = {}): Surroundings {
  return {
    self: id(1),
    workspaces: [
      { id: id(1), name: 'Lead', role: 'Plans', parentId: null },
      { id: id(2), name: 'Writer', role: 'Writes', parentId: id(1) },
      { id: id(3), name: 'Analyst', role: '', parentId: id(1) },
      { id: id(4), name: 'Other lead', role: 'Plans too', parentId: null },
      { id: id(5), name: 'Stranger', role: 'Elsewhere', parentId: id(4) },
    ],
    contactPolicy: 'direct',
    tools: [
      { name: 'delegate_task', description: 'Gives work to a peer.' },
      { name: 'run_code', description: 'Runs code.' },
    ],
    models: [{ model: 'rehearsal', about: 'free, needs no key' }],
    secrets: ['OPENAI_API_KEY'],
    skills: ['research'],
    goTo: () => {},
    makeSecret: () => {},
    ...given,
  }
}
