import { createConsole } from '../browser/inside/console.ts'
import { frameScript } from '../browser/inside/frame-script.ts'
import { harness } from '../browser/inside/harness.ts'
import { createInspect } from '../browser/inside/inspect.ts'
import { explainMissing } from '../browser/inside/missing.ts'
import { trackPendingWork } from '../browser/inside/pending-work.ts'
import { pythonHarness } from '../browser/inside/python-harness.ts'
import { pythonRunner } from '../browser/inside/python-runner.ts'

export const framePath = '/sandbox-frame'

/** The page behind `/sandbox-frame`. It is the same for everybody and holds nothing of anybody. */
export function framePage(): string {
  const script = `(${frameScript})(${JSON.stringify(workerSource())}, ${JSON.stringify(pythonSource())})`.replaceAll(
    '</',
    '<\\/',
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title><script>${script}</script></html>\n`
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

/** The functions travel as their own text; each refers to nothing but its arguments and the worker's globals. */
function workerSource(): string {
  const parts = { createConsole, createInspect, explainMissing, trackPendingWork }
  const fields = Object.entries(parts).map(([name, part]) => `${name}: ${part}`)
  return `'use strict';(${harness})(self, {${fields.join(',\n')}})`
}

function pythonSource(): string {
  return `'use strict';(${pythonHarness})(self, ${JSON.stringify(pythonRunner)})`
}
