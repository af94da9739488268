import { createConsole } from '../browser/inside/console.ts'
import { createFileNews } from '../browser/inside/files.ts'
import { createFormat } from '../browser/inside/format.ts'
import { frameScript } from '../browser/inside/frame-script.ts'
import { harness } from '../browser/inside/harness.ts'
import { createInspect } from '../browser/inside/inspect.ts'
import { explainMissing } from '../browser/inside/missing.ts'
import { createAssert } from '../browser/inside/node/assert.ts'
import { createBuffer } from '../browser/inside/node/buffer.ts'
import { createBuiltins } from '../browser/inside/node/builtins.ts'
import { createCrypto } from '../browser/inside/node/crypto.ts'
import { createEvents } from '../browser/inside/node/events.ts'
import { createFileSystem } from '../browser/inside/node/file-system.ts'
import { createHttp } from '../browser/inside/node/http.ts'
import { shimGlobals, shimKey, shimNames } from '../browser/inside/node/names.ts'
import { createPaths } from '../browser/inside/node/paths.ts'
import { createProcess } from '../browser/inside/node/process.ts'
import { createSame } from '../browser/inside/node/same.ts'
import { createServing } from '../browser/inside/node/serving.ts'
import { createOutput } from '../browser/inside/output.ts'
import { trackPendingWork } from '../browser/inside/pending-work.ts'
import { previewPage } from '../browser/inside/preview-page.ts'
import { previewShell } from '../browser/inside/preview-shell.ts'
import { pythonHarness } from '../browser/inside/python-harness.ts'
import { pythonRunner } from '../browser/inside/python-runner.ts'

export const framePath = '/sandbox-frame'

/** The page behind `/sandbox-frame`. It is the same for everybody and holds nothing of anybody. */
export function framePage(): string {
  const sources = `start(${JSON.stringify(workerSource())}, ${JSON.stringify(pythonSource())})`
  const scripts = [`const start = (${frameScript})()`, sources].map((script) => script.replaceAll('</', '<\\/'))
  const body = scripts.map((script) => `<script>${script}</script>`).join('')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title>${body}</html>\n`
}

/**
 * Send exactly these and nothing else with it: the `sandbox` directive gives the page an origin of its own even when it
 * is opened by hand, `connect-src 'none'` takes the network from it and from every worker it makes.
 */
export const frameHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    'sandbox allow-scripts',
    "default-src 'none'",
    "script-src 'unsafe-inline' 'unsafe-eval' blob:",
    'worker-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), clipboard-read=(), clipboard-write=(), usb=()',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
}

export const previewPath = '/sandbox-preview'

/** The page behind `/sandbox-preview`: empty until the page around it hands it a way to a program. */
export function previewFramePage(): string {
  const script = `(${previewShell})(${JSON.stringify(`(${previewPage})()`)})`.replaceAll('</', '<\\/')
  const style =
    'html,body{margin:0;height:100%}body{display:flex;flex-direction:column;background:#fff;color:#1d2129}iframe{flex:1;border:0;min-height:0}' +
    '#lost{margin:0;padding:6px 12px;font:12px/1.5 system-ui,sans-serif;border-top:1px solid #d9dce3;overflow-wrap:anywhere}#lost[hidden]{display:none}'
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Preview</title><style>${style}</style><body><p id="lost" role="status" hidden></p><script>${script}</script></body></html>\n`
}

/**
 * Its policy is that of every page drawn in it, too: scripts and styles only from the page itself, no address at all to be
 * reached or gone to, and no markup made by scripts that our own first script has not seen.
 */
export const previewHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    'sandbox allow-scripts allow-forms',
    "default-src 'none'",
    "script-src 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'media-src data: blob:',
    'font-src data:',
    "connect-src 'none'",
    "frame-src 'none'",
    'base-uri http://preview.invalid',
    "form-action 'none'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; '),
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), clipboard-read=(), clipboard-write=(), usb=()',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Frame-Options': 'SAMEORIGIN',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
}

/** The functions travel as their own text; each refers to nothing but its arguments and the worker's globals. */
function workerSource(): string {
  const parts = { createConsole, createFileNews, createFormat, createInspect, createOutput, createServing }
  const known = { key: shimKey, globals: shimGlobals, shims: shimsSource() }
  return `'use strict';(${harness})(self, ${textOf({ ...parts, explainMissing, trackPendingWork })}, ${JSON.stringify(known)})`
}

function shimsSource(): string {
  const parts = { createAssert, createBuffer, createBuiltins, createCrypto, createEvents, createFileSystem, createHttp }
  const known = JSON.stringify(nodeFunctions())
  return `'use strict';({ parts: ${textOf({ ...parts, createPaths, createProcess, createSame })}, known: ${known} })`
}

function textOf(functions: Readonly<Record<string, unknown>>): string {
  return `{${Object.entries(functions).map(([name, part]) => `${name}: ${part}`)}}`
}

/** The names of Node's own functions, so that one a stand-in lacks is refused by name and a misspelt one is undefined. */
function nodeFunctions(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    shimNames.map((name) => {
      const module = process.getBuiltinModule(name)
      const names = Object.keys(module).filter((key) => typeof Reflect.get(module, key) === 'function')
      return [name, names.filter((key) => !key.startsWith('_'))]
    }),
  )
}

function pythonSource(): string {
  return `'use strict';(${pythonHarness})(self, ${JSON.stringify(pythonRunner)})`
}
