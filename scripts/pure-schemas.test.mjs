import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pureSchemas } from './pure-schemas.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
let folder = ''
let built = ''

beforeAll(async () => {
  await mkdir(join(root, 'node_modules', '.cache'), { recursive: true })
  folder = await mkdtemp(join(root, 'node_modules', '.cache', 'pure-'))
  const page = join(folder, 'page')
  await mkdir(page)
  await writeFile(join(page, 'minified.js'), `function z(o){o.ran="by z"}z(globalThis);export const n=1`)
  await writeFile(
    join(page, 'contract.ts'),
    [
      `import { z } from 'zod'`,
      `export const Unread = z.object({ unread: z.string().min(1) }).strict()`,
      `export const Read = z`,
      `  .enum(['kept as a schema'])`,
      `export type Unread = z.infer<typeof Unread>`,
      `export const limit = 7`,
    ].join('\n'),
  )
  await writeFile(
    join(page, 'main.ts'),
    `import { n } from './minified.js'\nimport { limit, Read } from './contract.ts'\nconsole.log(n, limit, Read.options)`,
  )
  // The plugin takes our files by where they do not lie; these lie where the tests may write.
  const ours = pureSchemas()
  const plugin = { ...ours, transform: (code, id) => ours.transform(code, id.replace('/node_modules/', '/')) }
  await build({
    configFile: false,
    logLevel: 'error',
    root: page,
    plugins: [plugin],
    build: {
      outDir: join(folder, 'out'),
      minify: false,
      rolldownOptions: { input: join(page, 'main.ts'), external: ['zod'], output: { entryFileNames: 'main.js' } },
    },
  })
  built = await readFile(join(folder, 'out', 'main.js'), 'utf8')
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

test('a function that a minifier named z is called', () => {
  expect(built).toContain('by z')
  expect(built).toMatch(/z\S*\(globalThis\)/)
})

test('a schema that is read travels, and one that is not stays away', () => {
  expect(built).toContain('kept as a schema')
  expect(built).not.toContain('unread')
})
