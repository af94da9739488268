import type { RequestHandler, Response } from 'express'
import helmet, { type HelmetOptions } from 'helmet'

/**
 * On every answer, errors included. The app needs no `eval`; esbuild's WebAssembly needs its own narrow permission.
 * `frames`: origins it may frame beside its own.
 */
export function securityHeaders(frames: readonly string[]): RequestHandler {
  return helmet({ ...always, contentSecurityPolicy: { useDefaults: false, directives: directives(frames) } })
}

const directives = (frames: readonly string[]) => ({
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  frameSrc: ["'self'", ...frames],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
})

const always: HelmetOptions = {
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginEmbedderPolicy: { policy: 'require-corp' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  frameguard: { action: 'deny' },
  // Plain http on loopback: a promise of https would lock people out.
  strictTransportSecurity: false,
}

/** For the one page with a policy of its own: exactly these headers, none of ours. */
export function replaceHeaders(res: Response, headers: Readonly<Record<string, string>>): void {
  for (const name of res.getHeaderNames()) if (name !== 'x-request-id') res.removeHeader(name)
  res.set(headers)
}
