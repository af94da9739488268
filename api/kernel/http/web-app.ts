import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'

const built = join(import.meta.dirname, '..', '..', '..', 'dist', 'web')

/** A file of another text has another name. */
const forGood = { immutable: true, maxAge: '1y', fallthrough: true, index: false } as const

/** The built screen. Every address that could be a place in it gets its one page; a missing file stays missing. */
export function webApp(folder = built): Router {
  const page = join(folder, 'index.html')
  return Router()
    .use('/assets', pressed(join(folder, 'assets')), express.static(join(folder, 'assets'), forGood))
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

/** What the build pressed goes out as it lies there; to press megabytes for each visitor would take longer than to send them. */
function pressed(assets: string): RequestHandler {
  const serve = express.static(assets, {
    ...forGood,
    setHeaders: (res, path) => {
      res.type(extname(path.slice(0, -ending.length)))
      res.setHeader('Content-Encoding', 'br')
    },
  })
  return (req, res, next) => {
    res.vary('Accept-Encoding')
    if (req.acceptsEncodings('br') === false) return next()
    const { url } = req
    req.url = req.path + ending
    serve(req, res, (error) => {
      req.url = url
      next(error)
    })
  }
}

const ending = '.br'

function notBuilt(): AppError {
  return new AppError('unavailable', 'The web app is not built.', { fix: 'Run npm run build, then reload this page.' })
}
