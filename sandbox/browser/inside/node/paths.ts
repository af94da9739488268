export type Paths = ReturnType<typeof createPaths>

/** Node's `path`, as on every system but Windows. Shipped as text. */
export function createPaths(cwd: () => string) {
  const needText = (value: unknown, name: string): string => {
    if (typeof value === 'string') return value
    throw new TypeError(
      `The "${name}" argument must be of type string. Received ${value === null ? 'null' : typeof value}`,
    )
  }
  const isAbsolute = (path: string) => needText(path, 'path').startsWith('/')

  function normalize(path: string): string {
    if (needText(path, 'path') === '') return '.'
    const isRooted = isAbsolute(path)
    const parts: string[] = []
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue
      if (part !== '..') parts.push(part)
      else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
      else if (!isRooted) parts.push('..')
    }
    const joined = parts.join('/') + (path.endsWith('/') && parts.length > 0 ? '/' : '')
    if (isRooted) return `/${joined}`
    if (joined !== '') return joined
    return path.endsWith('/') ? './' : '.'
  }

  function resolve(...paths: string[]): string {
    let all = ''
    for (const path of [cwd(), ...paths]) all = isAbsolute(path) ? path : `${all}/${path}`
    const whole = normalize(all)
    return whole.length > 1 && whole.endsWith('/') ? whole.slice(0, -1) : whole
  }

  function basename(path: string, suffix = ''): string {
    const base = needText(path, 'path').replace(/\/+$/, '').split('/').at(-1) ?? ''
    return suffix !== '' && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base
  }

  function dirname(path: string): string {
    const trimmed = needText(path, 'path').replace(/(?<!^)\/+$/, '')
    const at = trimmed.lastIndexOf('/')
    if (at < 0) return '.'
    return trimmed.slice(0, at).replace(/\/+$/, '') || '/'
  }

  function extname(path: string): string {
    return /[^.]\.[^.]*$/.test(basename(path)) || /^\.+[^.]+\.[^.]*$/.test(basename(path))
      ? basename(path).slice(basename(path).lastIndexOf('.'))
      : ''
  }

  function relative(from: string, to: string): string {
    const [one, other] = [resolve(from), resolve(to)].map((path) => path.split('/').filter((part) => part !== ''))
    if (one === undefined || other === undefined) return ''
    let same = 0
    while (same < one.length && one[same] === other[same]) same += 1
    return [...one.slice(same).map(() => '..'), ...other.slice(same)].join('/')
  }

  function parse(path: string) {
    const base = basename(path)
    const ext = extname(path)
    const name = ext === '' ? base : base.slice(0, -ext.length)
    const dir = path.replace(/\/+$/, '').includes('/') ? dirname(path) : isAbsolute(path) ? '/' : ''
    return { root: isAbsolute(path) ? '/' : '', dir, base, ext, name }
  }

  function format(parts: { root?: string; dir?: string; base?: string; name?: string; ext?: string }): string {
    const ext =
      parts.ext === undefined || parts.ext === '' || parts.ext.startsWith('.') ? (parts.ext ?? '') : `.${parts.ext}`
    const base = parts.base ?? `${parts.name ?? ''}${ext}`
    const dir = parts.dir ?? parts.root ?? ''
    if (dir === '') return base
    return dir === parts.root ? `${dir}${base}` : `${dir}/${base}`
  }

  const join = (...paths: string[]) => normalize(paths.filter((path) => needText(path, 'path') !== '').join('/'))
  const all = {
    sep: '/',
    delimiter: ':',
    basename,
    dirname,
    extname,
    format,
    isAbsolute,
    join,
    normalize,
    parse,
    relative,
    resolve,
  }
  return { ...all, posix: all, toNamespacedPath: (path: string) => path }
}
