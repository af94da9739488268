import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { serveStandIn } from './serve.ts'

/** The stand-in as a program of its own, for journeys: prints where it listens and ends with its standard input. */
const folder = await mkdtemp(join(tmpdir(), 'delegraph-container-'))
const root = fileURLToPath(new URL('../page', import.meta.url))
await build({
  ...{ root, configFile: false, logLevel: 'silent' },
  build: {
    ...{ outDir: folder, emptyOutDir: true, target: 'es2023', reportCompressedSize: false },
    rolldownOptions: { input: [join(root, 'stand-in.html')] },
  },
})
const standIn = await serveStandIn(folder)
process.stdout.write(`${standIn.url}\n`)
process.stdin.resume().once('end', async () => {
  await standIn.close()
  await rm(folder, { recursive: true, force: true })
})
