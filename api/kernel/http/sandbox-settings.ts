import { Router } from 'express'

type Env = Readonly<Record<string, string | undefined>>

/** What the browser may run code with beside what is built in. */
export type SandboxSettings = { webContainers: { hostUrl: string; clientId?: string } | null }

const vendorHost = 'https://stackblitz.com'

/**
 * DELEGRAPH_WEBCONTAINERS: `on` for the vendor's host, or the address of one's own; off when not set, for it loads code of
 * another company. DELEGRAPH_WEBCONTAINERS_CLIENT_ID: the vendor's key for commercial use; it is public by its nature.
 */
export function sandboxSettings(env: Env = process.env): SandboxSettings {
  const { DELEGRAPH_WEBCONTAINERS: asked = '', DELEGRAPH_WEBCONTAINERS_CLIENT_ID: clientId } = env
  const hostUrl = asked === 'on' ? vendorHost : URL.parse(asked)?.origin
  if (hostUrl === undefined || hostUrl === 'null') return { webContainers: null }
  return { webContainers: { hostUrl, ...(clientId ? { clientId } : {}) } }
}

/** Whom the page may frame for it: the host, and where the vendor's previews are. */
export function framesOf({ webContainers }: SandboxSettings): readonly string[] {
  if (webContainers === null) return []
  const { hostUrl } = webContainers
  return hostUrl === vendorHost
    ? [hostUrl, 'https://*.webcontainer.io', 'https://*.webcontainer-api.io']
    : [hostUrl, ...(URL.parse(hostUrl)?.hostname === '127.0.0.1' ? ['http://127.0.0.1:*'] : [])]
}

/** The same for everybody, signed in or not. */
export function sandboxSettingsRoute(settings: SandboxSettings): Router {
  return Router().get('/sandbox-settings', (_req, res) => {
    res.set('Cache-Control', 'no-store').json(settings)
  })
}
