type Listener = (...args: unknown[]) => unknown

export interface Emitter {
  on(event: string | symbol, listener: Listener): this
  once(event: string | symbol, listener: Listener): this
  emit(event: string | symbol, ...args: unknown[]): boolean
}
export type EmitterClass = new () => Emitter

type Heard = { readonly listener: Listener; readonly call: Listener }

/** Node's `EventEmitter`, with `once` and `on` as functions of their own. Shipped as text. */
export function createEvents(): EmitterClass {
  const needFunction = (listener: unknown) => {
    if (typeof listener === 'function') return
    throw new TypeError(`The "listener" argument must be of type function. Received ${typeof listener}`)
  }

  class EventEmitter {
    static defaultMaxListeners = 10
    static EventEmitter = EventEmitter
    readonly #heard = new Map<string | symbol, Heard[]>()

    on(event: string | symbol, listener: Listener): this {
      return this.#add(event, { listener, call: listener }, false)
    }
    addListener(event: string | symbol, listener: Listener): this {
      return this.on(event, listener)
    }
    prependListener(event: string | symbol, listener: Listener): this {
      return this.#add(event, { listener, call: listener }, true)
    }
    once(event: string | symbol, listener: Listener): this {
      return this.#add(event, this.#onceOnly(event, listener), false)
    }
    prependOnceListener(event: string | symbol, listener: Listener): this {
      return this.#add(event, this.#onceOnly(event, listener), true)
    }
    off(event: string | symbol, listener: Listener): this {
      const heard = this.#heard.get(event) ?? []
      const at = heard.findLastIndex((each) => each.listener === listener)
      if (at < 0) return this
      this.#heard.set(event, heard.toSpliced(at, 1))
      if (event !== 'removeListener') this.emit('removeListener', event, listener)
      return this
    }
    removeListener(event: string | symbol, listener: Listener): this {
      return this.off(event, listener)
    }
    removeAllListeners(event?: string | symbol): this {
      if (event === undefined) this.#heard.clear()
      else this.#heard.delete(event)
      return this
    }
    emit(event: string | symbol, ...args: unknown[]): boolean {
      const heard = this.#heard.get(event) ?? []
      if (heard.length === 0 && event === 'error') {
        const [error] = args
        throw error instanceof Error ? error : new Error(`Unhandled error. (${String(error)})`)
      }
      for (const { call } of heard) Reflect.apply(call, this, args)
      return heard.length > 0
    }
    listenerCount(event: string | symbol): number {
      return this.#heard.get(event)?.length ?? 0
    }
    listeners(event: string | symbol): Listener[] {
      return (this.#heard.get(event) ?? []).map(({ listener }) => listener)
    }
    rawListeners(event: string | symbol): Listener[] {
      return (this.#heard.get(event) ?? []).map(({ call }) => call)
    }
    eventNames(): (string | symbol)[] {
      return [...this.#heard].filter(([, heard]) => heard.length > 0).map(([event]) => event)
    }
    // Nobody is warned of many listeners here, so there is no number to keep.
    setMaxListeners(): this {
      return this
    }
    getMaxListeners(): number {
      return EventEmitter.defaultMaxListeners
    }

    #onceOnly(event: string | symbol, listener: Listener): Heard {
      const call = (...args: unknown[]) => {
        this.off(event, listener)
        return Reflect.apply(listener, this, args)
      }
      return { listener, call }
    }
    #add(event: string | symbol, heard: Heard, isFirst: boolean): this {
      needFunction(heard.listener)
      if (event !== 'newListener') this.emit('newListener', event, heard.listener)
      const before = this.#heard.get(event) ?? []
      this.#heard.set(event, isFirst ? [heard, ...before] : [...before, heard])
      return this
    }
    /** Resolves with what the next such event brings; an `error` before it rejects. */
    static once(emitter: EventEmitter, event: string | symbol): Promise<unknown[]> {
      return new Promise((resolve, reject) => {
        const fail = (error: unknown) => {
          emitter.off(event, succeed)
          reject(error)
        }
        const succeed = (...args: unknown[]) => {
          emitter.off('error', fail)
          resolve(args)
        }
        emitter.once(event, succeed)
        if (event !== 'error') emitter.once('error', fail)
      })
    }
    static listenerCount(emitter: EventEmitter, event: string | symbol): number {
      return emitter.listenerCount(event)
    }
  }
  return EventEmitter
}
