import { z } from 'zod'
import { OrgId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/time.ts'
import { readAllowedHost } from './allowed-host.ts'

/** How many hosts an organisation may list. */
export const maxSandboxHosts = 100

/** A host as people write it, e.g. packages.example.org:443. */
export const HostName = z
  .string()
  .max(260)
  .refine((text) => readAllowedHost(text) !== undefined, {
    error: 'Write a name and a port, e.g. packages.example.org:443; addresses of numbers are not taken.',
  })

export const SandboxHostInput = z.object({ orgId: OrgId, host: HostName })

/** A host that programs of agents may reach, where their config names it too. */
export type SandboxHost = { host: string; port: number; allowedBy: string; allowedAt: z.infer<typeof Instant> }

/** A place for agents' code on this server, usable or not, in words. */
export type SandboxBackend = { name: string; isUsable: boolean; isChosen: boolean; words: string; gives: string }
