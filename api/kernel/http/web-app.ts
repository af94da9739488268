import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'dist', 'web')

/** The built screen. Every address that could be a place in it gets its one page; a missing file stays missing. */
export function webApp(): Router {
  const page = join(folder, 'index.html')
  return Router()
    .use(
      '/assets',
      express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: true, index: false }),
    )
    .use(
      express.static(folder, {
        index: false,
        cacheControl: false,
        setHeaders: (res) => res.setHeader('Cache-Control', 'no-cache'),
      }),
    )
    .get('/{*place}', (req, res, next) => {
      const isPlace =
        !/\.[a-z0-9]+$/i.test(req.path) && !/^\/(api|events|assets|health|python|sandbox-frame)(\/|$)/i.test(req.path)
      if (!isPlace) return next()
      if (!existsSync(page)) return next(notBuilt())
      res.sendFile(page, { headers: { 'Cache-Control': 'no-cache' }, cacheControl: false })
    })
}

function notBuilt(): AppError {
  return new AppError('unavailable', 'The web app is not built.', { fix: 'Run npm run build, then reload this page.' })
}
