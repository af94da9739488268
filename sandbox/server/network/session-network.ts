import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeAllowedHost } from '#shared/sandbox/allowed-host.ts'
import type { NetworkAttempt, NetworkRules } from '../../sandbox.ts'
import type { Program } from '../confine.ts'
import { findNode } from '../node-binary.ts'
import { openProxy } from './proxy.ts'

/** The way out of one session's programs. */
export type SessionNetwork = {
  /** The same program, beside a relay to the proxy. */
  reaching<P extends Program>(program: P): P
  /** What was tried since it was asked last. */
  attempts(): readonly NetworkAttempt[]
  close(): void
}

const port = '3128'
const insideSocket = '/run/delegraph/proxy.sock'
const insideRelay = '/opt/delegraph/relay.mjs'
const mostAttempts = 200

/** Opens a proxy of its own for a session, on a socket in a folder that only this server's user may enter. */
export async function openSessionNetwork(rules: NetworkRules): Promise<SessionNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'delegraph-proxy-'))
  const socketPath = join(folder, 'proxy.sock')
  let tried: NetworkAttempt[] = []
  const proxy = await openProxy({
    ...rules,
    socketPath,
    // The first ones say what a program is after; a flood of them says nothing more, and hides none that is refused.
    onAttempt(attempt) {
      const alike = tried.filter(({ isAllowed }) => isAllowed === attempt.isAllowed)
      if (alike.length < mostAttempts) tried.push(attempt)
    },
  })
  const node = findNode()
  const certificates = ['/etc/ssl/certs', '/etc/ca-certificates'].filter((path) => existsSync(path))

  return {
    reaching: (program) => ({
      ...program,
      binds: [
        ...[...node.binds, ...program.binds],
        [join(import.meta.dirname, '..', 'inside', 'relay.mjs'), insideRelay],
        [socketPath, insideSocket],
        ...certificates.map((path) => [path, path] as const),
      ],
      command: ['/opt/node/bin/node', insideRelay, insideSocket, port, ...program.command],
      env: { ...program.env, ...proxyEnvironment(), DELEGRAPH_HOSTS: rules.allowed.map(writeAllowedHost).join(' ') },
    }),
    attempts() {
      const since = tried
      tried = []
      return since
    },
    close() {
      proxy.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function proxyEnvironment(): Record<string, string> {
  const url = `http://127.0.0.1:${port}`
  return { HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url, NODE_USE_ENV_PROXY: '1' }
}
