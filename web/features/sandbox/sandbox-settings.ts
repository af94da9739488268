/** What this server lets the browser run code with, beside what is built in. */
export type SandboxSettings = { webContainers: { hostUrl: string; clientId?: string } | null }

const none: SandboxSettings = { webContainers: null }

/** Asked once a page; without an answer only what is built in is used. */
export async function readSandboxSettings(): Promise<SandboxSettings> {
  try {
    const response = await fetch('/sandbox-settings')
    const settings: unknown = response.ok ? await response.json() : undefined
    return isSettings(settings) ? settings : none
  } catch {
    return none
  }
}

function isSettings(value: unknown): value is SandboxSettings {
  if (typeof value !== 'object' || value === null || !('webContainers' in value)) return false
  const { webContainers } = value
  if (webContainers === null) return true
  return typeof webContainers === 'object' && 'hostUrl' in webContainers && typeof webContainers.hostUrl === 'string'
}
