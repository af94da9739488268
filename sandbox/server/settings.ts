import { AppError } from '#shared/kernel/app-error.ts'
import type { DockerSettings } from './docker/docker.ts'
import { type Endpoint, readEndpoint } from './docker/engine-api.ts'
import type { E2bSettings } from './e2b/e2b-api.ts'
import type { MicroVmSettings } from './microvm/microvm.ts'

type Env = Readonly<Record<string, string | undefined>>

export const backendNames = ['bubblewrap', 'docker', 'e2b', 'microvm', 'quickjs'] as const
export type BackendName = (typeof backendNames)[number]

/** Which places the operator of this server named for agents' code, and what each of them needs. */
export type ServerSettings = {
  /** The only one that may be used, if one is named; it is never replaced by another. */
  readonly named?: BackendName
  readonly docker?: DockerSettings
  readonly e2b?: E2bSettings
  readonly microVm?: MicroVmSettings
}

/**
 * DELEGRAPH_SANDBOX names the place; DELEGRAPH_SANDBOX_DOCKER(_IMAGE, _RUNTIME), DELEGRAPH_SANDBOX_E2B with E2B_API_KEY, and
 * DELEGRAPH_SANDBOX_FIRECRACKER, _KERNEL, _ROOTFS say what three of them need. Throws for a name that is none.
 */
export function serverSettings(env: Env = process.env): ServerSettings {
  const named = env.DELEGRAPH_SANDBOX === '' ? undefined : env.DELEGRAPH_SANDBOX
  const known = backendNames.find((name) => name === named)
  if (named !== undefined && known === undefined)
    throw new AppError('bad-input', `DELEGRAPH_SANDBOX is ${named}, which is no place for code.`, {
      fix: `Set it to one of: ${backendNames.join(', ')}; or leave it out.`,
    })
  const docker = dockerOf(env)
  const e2b = e2bOf(env)
  const microVm = microVmOf(env)
  return { ...(known && { named: known }), ...(docker && { docker }), ...(e2b && { e2b }), ...(microVm && { microVm }) }
}

function dockerOf(env: Env): DockerSettings | undefined {
  const { DELEGRAPH_SANDBOX_DOCKER: asked, DELEGRAPH_SANDBOX_DOCKER_IMAGE: image } = env
  const endpoint: Endpoint | undefined = asked ? readEndpoint(asked) : undefined
  if (!endpoint || !image) return undefined
  return { endpoint, image, runtime: env.DELEGRAPH_SANDBOX_DOCKER_RUNTIME || 'runsc' }
}

function e2bOf(env: Env): E2bSettings | undefined {
  const { DELEGRAPH_SANDBOX_E2B: template, E2B_API_KEY: apiKey, E2B_DOMAIN, E2B_API_URL, E2B_SANDBOX_URL } = env
  if (!template || !apiKey) return undefined
  const domain = E2B_DOMAIN || 'e2b.app'
  const apiUrl = E2B_API_URL || `https://api.${domain}`
  return { ...{ apiUrl, apiKey, template, domain }, ...(E2B_SANDBOX_URL && { sandboxUrl: E2B_SANDBOX_URL }) }
}

function microVmOf(env: Env): MicroVmSettings | undefined {
  const {
    DELEGRAPH_SANDBOX_FIRECRACKER: program,
    DELEGRAPH_SANDBOX_KERNEL: kernel,
    DELEGRAPH_SANDBOX_ROOTFS: rootfs,
  } = env
  if (!program && !kernel && !rootfs) return undefined
  return { firecracker: [program || '/usr/local/bin/firecracker'], kernel: kernel ?? '', rootfs: rootfs ?? '' }
}
