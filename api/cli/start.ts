import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import { firstSignal, stopInTime } from './end-in-order.ts'
import { openBrowser } from './open-browser.ts'
import { tellProblem } from './tell-problem.ts'

export const startCommand = defineCommand({
  meta: { name: 'start', description: 'Start Delegraph on this machine.' },
  args: {
    port: { type: 'string', default: '7410', description: 'Port to listen on; 0 takes any free one' },
    host: {
      type: 'string',
      default: '127.0.0.1',
      description: 'Address to listen on; beyond this machine only with DELEGRAPH_PUBLIC_URL',
    },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
    open: { type: 'boolean', default: true, description: 'Open the browser', negativeDescription: 'Open no browser' },
    json: { type: 'boolean', default: false, description: 'Print one JSON line when ready, and nothing else' },
  },
  async run({ args }) {
    try {
      await start({ ...args, dataDir: args['data-dir'] })
    } catch (error) {
      tellProblem(error)
      // A pool or a timer that was left must not keep a program alive that could not start.
      process.exit()
    }
  },
})

type Args = { port: string; host: string; dataDir: string | undefined; open: boolean; json: boolean }

async function start({ port, host, dataDir: flag, open, json }: Args): Promise<void> {
  const wanted = parsePort(port)
  const { resolveDataDir } = await import('../kernel/data-dir.ts')
  const dataDir = resolveDataDir(flag)
  const signal = firstSignal()
  const { startDelegraph } = await import('../main.ts')
  const { DATABASE_URL: databaseUrl, DELEGRAPH_DEV_ORIGIN: devOrigin } = process.env
  const running = await startDelegraph({
    ...{ dataDir, port: wanted, host },
    ...(databaseUrl && { databaseUrl }),
    ...(devOrigin && { devOrigin }),
  })
  if (json) console.log(JSON.stringify({ url: running.url, signInUrl: running.signInUrl, pid: process.pid }))
  else console.log(`Delegraph runs at ${running.url} · sign in once, within 15 minutes: ${running.signInUrl}`)
  const closeBrowserFile = open && !json ? openBrowser(dataDir, running.signInUrl) : () => {}
  await signal
  closeBrowserFile()
  await stopInTime(running)
  process.exit(0)
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new AppError('bad-input', `${text} is not a port.`, { field: 'port', fix: 'Give a number from 0 to 65535.' })
}
