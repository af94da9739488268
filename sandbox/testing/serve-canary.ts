import { createServer } from 'node:http'

export type Canary = { readonly url: string; readonly heard: readonly string[]; close(): Promise<void> }

/** A server on loopback that lets everybody in and remembers who came. */
export async function serveCanary(secret: string): Promise<Canary> {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(request.url ?? '')
    response
      .writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' })
      .end(`/* ${secret} */`)
  })
  server.on('upgrade', (request, socket) => {
    heard.push(request.url ?? '')
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
