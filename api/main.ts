import type { Server } from 'node:http'
import type { Logger } from 'pino'
import type { OrgId } from '#shared/kernel/ids.ts'
import { hearUnheard } from './features/mcp/unheard.ts'
import { listOrgsOf } from './features/orgs/index.ts'
import { maskKnownValues } from './features/secrets/index.ts'
import { openDatabase } from './kernel/database.ts'
import type { Db } from './kernel/db.ts'
import { openLiveDb } from './kernel/events/live-db.ts'
import { createEventStream } from './kernel/events/stream.ts'
import { createCallers } from './kernel/http/callers.ts'
import { readIdentityConfig } from './kernel/identity/config.ts'
import type { Identity } from './kernel/identity/identity.ts'
import { startLimits } from './kernel/limits/start-limits.ts'
import { openLog } from './kernel/log.ts'
import { setPublicUrl } from './kernel/mail/public-url.ts'
import { openVault } from './kernel/vault/open-vault.ts'

export type StartOptions = {
  /** An existing folder that is ours, see `resolveDataDir`. */
  dataDir: string
  /** 0 takes any free one. */
  port: number
  host: string
  databaseUrl?: string
  devOrigin?: string
}

export type Running = {
  url: string
  /** Signs the owner in, once. */
  signInUrl: string
  stop(): Promise<void>
}

/** Brings everything up in one process: database, identity, demo org on the first run, worker, server. */
export async function startDelegraph(options: StartOptions): Promise<Running> {
  const config = readIdentityConfig(process.env, options.host)
  const { createApp, listen } = await import('./server.ts')
  const { server, port, serve } = await listen(options.port, options.host)
  const undo: (() => Promise<void>)[] = []
  const stop = once(async () => {
    for (const step of undo.toReversed()) await step()
  })
  try {
    const log = openLog(options.dataDir)
    // The database comes up in its own process meanwhile.
    const [database, { openIdentity }, { seedDemo, startOpening }, { startWorker }, { clearSandbox }] =
      await Promise.all([
        openDatabase(options),
        import('./kernel/identity/identity.ts'),
        import('./seed.ts'),
        import('./worker.ts'),
        import('./clear-sandbox.ts'),
      ])
    undo.push(database.stop)
    const onError = (error: unknown) => log.error({ err: error }, 'defect')
    const live = openLiveDb(database.appUrl, onError)
    undo.push(live.stop)
    const limits = startLimits(live.db, onError)
    undo.push(async () => limits.stop())
    await openVault(live.db, { dataDir: options.dataDir, env: process.env })
    maskKnownValues(live.db)
    hearUnheard(live.db, (unheard) => log.warn(unheard, 'MCP server'))
    const identity = await openIdentity({ authUrl: database.authUrl, dataDir: options.dataDir, config, onError })
    undo.push(identity.stop)
    await seedDemo(live.db, identity.owner)
    const worker = startWorker({ db: live.db, onError })
    clearSandbox(log)
    const trustedProxy = process.env.DELEGRAPH_TRUSTED_PROXY
    const callers = createCallers({ db: live.db, identity, onError, trustedProxy })
    const stream = createEventStream({ ...live, whoAsks: callers.whoAsks, onError })
    undo.push(async () => {
      stream.closeAll()
      await Promise.all([close(server), worker.stop()])
    })
    serve(
      createApp({
        db: live.db,
        identity,
        callers,
        stream,
        log,
        devOrigin: options.devOrigin,
        trustedProxy,
        onSignIn: openDemo(live.db, log, startOpening),
      }),
    )
    const listensAt = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`
    const url = config.publicUrl?.origin ?? listensAt
    setPublicUrl(live.db, url)
    const token = await identity.createSignInToken()
    log.info({ url, listensAt }, 'ready')
    return { url, signInUrl: `${url}/sign-in#token=${token}`, stop }
  } catch (error) {
    server.close()
    await stop()
    throw error
  }
}

/** The demo org begins to work when somebody first looks at it. */
function openDemo(db: Db, log: Logger, startOpening: (db: Db, orgId: OrgId, user: Identity['owner']) => Promise<void>) {
  return (user: Identity['owner']) => {
    listOrgsOf(db, user.id)
      .then(async ([first]) => first && (await startOpening(db, first.id, user)))
      .catch((error: unknown) => log.error({ err: error }, 'the demo org did not begin to work'))
  }
}

/** Ends what is open: streams were ended before, so what is left after a moment is only idle. */
async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), 300)
  await closed
  clearTimeout(timer)
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
