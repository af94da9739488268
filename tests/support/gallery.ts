import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

const web = fileURLToPath(new URL('../../web', import.meta.url))
const config = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
const page = 'gallery/index.html'

/** Builds the gallery, which is no part of the product, and serves it. */
export async function serveGallery(): Promise<{ url: string; stop: () => Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'delegraph-gallery-'))
  await build({
    configFile: config,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(web, page) } },
  })
  const server = await preview({
    configFile: config,
    logLevel: 'silent',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('The preview server has no address.')
  const stop = async () => {
    await server.close()
    await rm(outDir, { recursive: true, force: true })
  }
  return { url: `${url}${page}`, stop }
}
