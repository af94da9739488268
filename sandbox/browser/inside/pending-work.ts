export type PendingWork = {
  /** Calls back once, when the module has settled and no timer or tracked promise is left. */
  whenIdle(done: () => void): void
  /** Something that keeps the program going until it is released, e.g. a server. */
  hold(): () => void
}

/**
 * Keeps count of what would keep a Node process alive: timers, and the asynchronous built-ins a snippet may leave
 * unawaited. Replaces those globals by counting ones. Shipped as text.
 */
export function trackPendingWork(scope: typeof globalThis): PendingWork {
  const { setTimeout: later, clearTimeout: cancel, setInterval: repeat, clearInterval: cancelRepeat } = scope
  const { apply } = Reflect
  const live = new Set<number>()
  let promises = 0
  let waiting: (() => void) | undefined

  // Two turns of grace: a rejection is reported as unhandled in a task of its own, after the turn it happened in.
  const look = () => void apply(later, scope, [() => apply(later, scope, [settle, 0]), 0])
  const settle = () => {
    if (waiting === undefined || live.size > 0 || promises > 0) return
    const done = waiting
    waiting = undefined
    done()
  }

  type Callback = (...args: unknown[]) => unknown
  const needFunction = (name: string, callback: unknown) => {
    if (typeof callback !== 'function') throw new TypeError(`The first argument of ${name} must be a function`)
  }
  const forget = (id: unknown) => {
    if (typeof id === 'number') live.delete(id)
    look()
  }

  const globals = {
    setTimeout: (callback: Callback, delay?: number, ...args: unknown[]) => {
      needFunction('setTimeout', callback)
      const fire = () => {
        live.delete(id)
        look()
        apply(callback, undefined, args)
      }
      const id: number = apply(later, scope, [fire, delay])
      live.add(id)
      return id
    },
    setInterval: (callback: Callback, delay?: number, ...args: unknown[]) => {
      needFunction('setInterval', callback)
      const id: number = apply(repeat, scope, [callback, delay, ...args])
      live.add(id)
      return id
    },
    clearTimeout: (id: unknown) => {
      apply(cancel, scope, [id])
      forget(id)
    },
    clearInterval: (id: unknown) => {
      apply(cancelRepeat, scope, [id])
      forget(id)
    },
    setImmediate: (callback: Callback, ...args: unknown[]) => globals.setTimeout(callback, 0, ...args),
    clearImmediate: (id: unknown) => globals.clearTimeout(id),
  }
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(scope, name, { value, writable: true, configurable: true, enumerable: true })
  }

  const release = () => {
    promises -= 1
    look()
  }
  const count = (owner: object | undefined, names: readonly string[]) => {
    for (const name of names) {
      const original = owner === undefined ? undefined : Reflect.get(owner, name)
      if (owner === undefined || typeof original !== 'function') continue
      const counted = function (this: unknown, ...args: unknown[]) {
        const promise = apply(original, this, args)
        promises += 1
        Promise.resolve(promise).then(release, release)
        return promise
      }
      Object.defineProperty(owner, name, { value: counted, writable: true, configurable: true })
    }
  }
  const digests = [
    'digest',
    'encrypt',
    'decrypt',
    'sign',
    'verify',
    'generateKey',
    'importKey',
    'exportKey',
    'deriveBits',
  ]
  count(scope.SubtleCrypto?.prototype, [...digests, 'deriveKey', 'wrapKey', 'unwrapKey'])
  count(scope.Blob?.prototype, ['text', 'arrayBuffer', 'bytes'])
  count(scope.Response?.prototype, ['text', 'arrayBuffer', 'json', 'blob', 'bytes'])
  count(scope.WebAssembly, ['compile', 'instantiate'])

  return {
    hold() {
      promises += 1
      let isHeld = true
      return () => {
        if (isHeld) release()
        isHeld = false
      }
    },
    whenIdle(done) {
      waiting = done
      look()
    },
  }
}
