type Env = Readonly<Record<string, string | undefined>>

/**
 * Did the operator say that this address may be called although it may lie in the server's own network?
 * DELEGRAPH_ALLOWED_ADDRESSES lists host:port, separated by commas: `127.0.0.1:11434, ollama.internal:8080, [::1]:11434`.
 */
export function isAllowedAddress(url: URL, env: Env = process.env): boolean {
  const asked = `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`.toLowerCase()
  const listed = (env.DELEGRAPH_ALLOWED_ADDRESSES ?? '').split(',').map((entry) => entry.trim().toLowerCase())
  return listed.includes(asked)
}
