import { Router } from 'express'
import { pythonFile, pythonPath } from '#sandbox/server/python-files.ts'

/** What Python in the browser is made of. The same for everybody; a browser asks each time whether it is still the same. */
export function pythonParts(): Router {
  return Router().get(`${pythonPath}/:name`, (req, res, next) => {
    const part = pythonFile(req.params.name)
    if (!part) return next()
    res.sendFile(part.path, {
      headers: { 'Content-Type': part.type, 'Cache-Control': 'no-cache' },
      cacheControl: false,
      // The snapshot lies in a folder that begins with a dot.
      dotfiles: 'allow',
    })
  })
}
