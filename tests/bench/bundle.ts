import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Bench } from './bench.ts'
import { root, run } from './server-process.ts'
import { rounded } from './statistics.ts'

const dist = join(root, 'dist', 'web')

/**
 * What the browser fetches before it can show an org, without the graph and the editor, which are fetched after. Compared
 * with the same build if nothing were lazy. Kilobytes after gzip; fonts, images and wasm are left out.
 */
export async function runBundleBench(): Promise<Bench> {
  await run(process.execPath, ['scripts/setup.mjs', 'test'], root)
  const assets = await readAssets()
  const html = await readFile(join(dist, 'index.html'), 'utf8')
  const entry = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? '')
  const firstLoad = closure(assets, [...entry, chunk(assets, 'org-page')])
  const graph = without(closure(assets, [chunk(assets, 'graph-pane')]), firstLoad)
  const editor = without(closure(assets, [chunk(assets, 'editor-pane'), chunk(assets, 'monaco-code')]), firstLoad)
  return {
    figures: {
      firstLoadGzKb: rounded(weigh(assets, firstLoad) + gzKb(html)),
      graphGzKb: weigh(assets, graph),
      editorGzKb: weigh(assets, editor),
    },
    baseline: { everythingGzKb: weigh(assets, new Set(assets.keys())) },
  }
}

type Assets = Map<string, string>

async function readAssets(): Promise<Assets> {
  const names = (await readdir(join(dist, 'assets'))).filter((name) => /\.(js|css)$/.test(name))
  const texts = names.map(async (name): Promise<[string, string]> => {
    return [`assets/${name}`, await readFile(join(dist, 'assets', name), 'utf8')]
  })
  return new Map(await Promise.all(texts))
}

function chunk(assets: Assets, name: string): string {
  const found = [...assets.keys()].find((file) => new RegExp(`^assets/${name}-[\\w-]{8}\\.js$`).test(file))
  if (!found) throw new Error(`The build has no chunk "${name}".`)
  return found
}

/** The files and all they import statically. */
function closure(assets: Assets, files: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const visit = (file: string) => {
    const text = assets.get(file)
    if (text === undefined || seen.has(file)) return
    seen.add(file)
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) visit(`assets/${name}`)
  }
  files.forEach(visit)
  return seen
}

function without(files: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...files].filter((file) => !others.has(file)))
}

function weigh(assets: Assets, files: ReadonlySet<string>): number {
  return rounded([...files].reduce((sum, file) => sum + gzKb(assets.get(file) ?? ''), 0))
}

function gzKb(text: string): number {
  return gzipSync(text).length / 1024
}
