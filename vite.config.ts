import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompress } from './scripts/precompress.mjs'
import { pureSchemas } from './scripts/pure-schemas.mjs'
import { unmeasuredMonaco } from './scripts/unmeasured-monaco.mjs'

const api = process.env.DELEGRAPH_API ?? 'http://127.0.0.1:7410'
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Those that the first picture needs. */
const libraries =
  /\/node_modules\/(react|react-dom|scheduler|use-sync-external-store|@trpc|@tanstack\/(history|query-core|store|(react-)?router(-core)?|react-(query|store)))\/(?!.*([Mm]utation|[Ii]nfinite))/

const always = /assets\/(libraries|base|rolldown-runtime)-/

const editorFeatures = [...readFileSync(here('./web/ui/monaco/features.ts'), 'utf8').matchAll(/^import '(.+)'$/gm)].map(
  ([, name = '']) => name,
)

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

export default defineConfig({
  root: here('./web'),
  publicDir: here('./public'),
  cacheDir: here('./node_modules/.vite'),
  plugins: [pureSchemas(), unmeasuredMonaco(), react(), tailwindcss(), precompress()],
  resolve: {
    // monaco-yaml still asks for the folder layout that monaco-editor's exports hide now.
    alias: [{ find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: 'monaco-editor/$1' }],
  },
  // Found late, these would make the dev server reload the page in mid-load.
  optimizeDeps: {
    include: [
      'monaco-editor/editor',
      'monaco-editor/editor/editor.worker.js',
      'monaco-editor/features/diffEditor/register',
      ...editorFeatures,
      'monaco-editor/languages/definitions/javascript/register',
      'monaco-editor/languages/definitions/markdown/markdown.js',
      'monaco-editor/languages/definitions/markdown/register',
      'monaco-editor/languages/definitions/python/register',
      'monaco-editor/languages/definitions/typescript/register',
      'monaco-editor/languages/definitions/yaml/register',
      'monaco-editor/languages/features/json/json.worker.js',
      'monaco-editor/languages/features/json/register',
      'monaco-yaml',
      'monaco-yaml/yaml.worker.js',
    ],
    exclude: ['esbuild-wasm'],
  },
  worker: { format: 'es' },
  build: {
    outDir: here('./dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // A data: URL would need its own hole in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4_000,
    // What is on every page already need not be named again wherever something is fetched.
    modulePreload: { resolveDependencies: (_file, needed) => needed.filter((file) => !always.test(file)) },
    rolldownOptions: {
      // A door only passes names on: who takes one from it does not load the rest.
      treeshake: {
        moduleSideEffects: [
          { test: /\/web\/features\/[^/]+\/index\.ts$/, sideEffects: false },
          // Its package does not say so, and what speaks over sockets would come along.
          { test: /\/node_modules\/@trpc\//, sideEffects: false },
        ],
      },
      // What every page and every org needs comes in few files, each with all it imports: many small ones compress badly.
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: libraries, priority: 4 },
            { name: 'base', test: /\/web\/app\/(overlays|problem-page|shell-commands)\.tsx?$/, priority: 3 },
            {
              name: 'frame',
              test: /\/web\/(ui\/code-acts|app\/(use-live|shell|org-top-bar|rail|status-bar|org-exits)|features\/(approvals\/cache|onboarding\/guide|secrets\/keys-dialog-host|templates\/template-parts))\.tsx?$/,
              priority: 2,
            },
            // Each would be a file of its own, forty of them in a row before the second picture.
            { name: 'icons', test: /\/lucide-react\/dist\/esm\/icons\//, minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    headers: isolation,
    fs: { allow: ['./web', './shared', './sandbox', './public', './node_modules'].map(here) },
    proxy: Object.fromEntries(
      ['/api', '/events', '/sandbox-frame', '/sandbox-preview', '/sandbox-settings', '/python', '/health'].map(
        (path) => [path, { target: api, changeOrigin: false }],
      ),
    ),
  },
  preview: { headers: isolation },
})
