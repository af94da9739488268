import { type Server, startServer } from './server.ts'
import { test } from './test.ts'

type Neighbour = { stop(): void | Promise<void> }

/**
 * Tests beside something else on this machine that their server may reach, as its operator would allow it: a provider of
 * models, a server of tools, a host of containers. `allow` gives the settings the operator starts it with.
 */
export function testBeside<Beside extends Neighbour>(
  begin: () => Promise<Beside>,
  allow: (neighbour: Beside) => Readonly<Record<string, string>>,
) {
  return test.extend<object, { neighbour: Beside; server: Server }>({
    neighbour: [
      // biome-ignore lint/correctness/noEmptyPattern: the runner wants a pattern here.
      async ({}, use) => {
        const neighbour = await begin()
        await use(neighbour)
        await neighbour.stop()
      },
      { scope: 'worker' },
    ],
    server: [
      async ({ neighbour }, use) => {
        const server = await startServer(allow(neighbour))
        await use(server)
        await server.stop()
      },
      { scope: 'worker' },
    ],
  })
}
