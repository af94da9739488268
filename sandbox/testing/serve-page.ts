import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { frameHeaders, framePath, previewHeaders, previewPath } from '../server/frame-page.ts'
import { pythonFile, pythonPath } from '../server/python-files.ts'

export type TestServer = {
  readonly url: string
  /** Paths that were asked for and that no test page needs: proof of a leak. */
  readonly leaks: string[]
  close(): Promise<void>
}

/** What the product sends with every page of its own: isolated, and without eval; `frames`: whom else it may frame. */
const headersWith = (frames: readonly string[]) => ({
  'Content-Security-Policy': [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    "connect-src 'self'",
    ["frame-src 'self'", ...frames].join(' '),
    "object-src 'none'",
    "base-uri 'self'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
})

/** A walled frame that only starts a worker that says things back: what the browser takes for the walls by themselves. */
const bareFrame = `<!doctype html><script>
const echo = 'onmessage = ({ ports: [port] }) => { port.onmessage = ({ data }) => port.postMessage(data) }; postMessage(1)'
const worker = new Worker(URL.createObjectURL(new Blob([echo], { type: 'text/javascript' })))
const { port1, port2 } = new MessageChannel()
worker.postMessage(null, [port1])
worker.onmessage = () => parent.postMessage('bare', '*', [port2])
</script>`

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
}

/** Serves a built page on loopback with the product's headers; `probe` is a worker that runs under the frame's policy. */
export async function servePage(
  folder: string,
  probeScript: string,
  frames: readonly string[] = [],
): Promise<TestServer> {
  const appHeaders = headersWith(frames)
  const leaks: string[] = []
  const [frame, preview] = await Promise.all([printFramePage('frame'), printFramePage('preview')])
  const server = createServer((request, response) => {
    void answer(request, response)
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === framePath) return send(response, frameHeaders, frame)
    if (path === previewPath) return send(response, previewHeaders, preview)
    if (path === '/probe-frame')
      return send(response, frameHeaders, probePage(probeScript, `http://${request.headers.host}`))
    if (path === '/bare-worker.js')
      return send(response, { ...appHeaders, 'Content-Type': 'text/javascript' }, `postMessage(1)`)
    if (path === '/bare-frame') return send(response, frameHeaders, bareFrame)
    if (path === '/silent-frame') return send(response, frameHeaders, '<!doctype html><title>Silent</title>')
    if (path.startsWith(`${pythonPath}/`)) {
      const part = pythonFile(path.slice(pythonPath.length + 1))
      if (part) return send(response, { ...appHeaders, 'Content-Type': part.type }, await readFile(part.path))
    }
    const file = path === '/' ? '/index.html' : path
    const body = await readFile(join(folder, file)).catch(() => null)
    if (body !== null && !path.includes('..')) {
      return send(response, { ...appHeaders, 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }, body)
    }
    if (path !== '/favicon.ico') leaks.push(path)
    response.writeHead(404, { 'Access-Control-Allow-Origin': '*' }).end()
  }

  server.on('upgrade', (request, socket) => {
    leaks.push(request.url ?? '')
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    leaks,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function printFramePage(which: 'frame' | 'preview'): Promise<string> {
  const script = fileURLToPath(new URL('./print-frame-page.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, which])
  return stdout
}

function send(response: ServerResponse, headers: Readonly<Record<string, string>>, body: string | Buffer): void {
  response.writeHead(200, headers).end(body)
}

/** A worker with every built-in untouched, so that what it meets is the origin and the policy alone. */
function probePage(script: string, origin: string): string {
  const source = JSON.stringify(script.replace('%ORIGIN%', origin)).replaceAll('</', '<\\/')
  return `<!doctype html><title>Probe</title><script>
    const worker = new Worker(URL.createObjectURL(new Blob([${source}], { type: 'text/javascript' })))
    worker.onmessage = (event) => parent.postMessage(event.data, '*')
    worker.onerror = (event) => parent.postMessage({ failed: event.message }, '*')
  </script>`
}
