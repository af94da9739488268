import type pg from 'pg'

/** From `begin` to `end` whatever is done through the pool is undone at each commit, and looks done to whoever did it. */
export type DryPool = {
  begin(): void
  end(): void
  /** Types of the events that would have been told since this was last asked. */
  told(): string[]
}

export function makeDry(pool: pg.Pool): DryPool {
  const wrapped = new WeakSet<pg.PoolClient>()
  const open = new WeakSet<pg.PoolClient>()
  const told: string[] = []
  let isDry = false

  const wrap = (client: pg.PoolClient) => {
    if (wrapped.has(client)) return
    wrapped.add(client)
    const original: unknown = client.query
    if (typeof original !== 'function') return
    const send = (...given: unknown[]): Promise<object> => Promise.resolve(Reflect.apply(original, client, given))
    const query = (...given: unknown[]): unknown => {
      const text = textOf(given[0])
      if (!isDry) return Reflect.apply(original, client, given)
      if (text.startsWith('begin')) open.add(client)
      if (text === 'rollback') open.delete(client)
      if (text === 'commit') {
        open.delete(client)
        return send('rollback').then((result) => ({ ...result, command: 'COMMIT' }))
      }
      if (text.includes('insert into events (')) told.push(...typesIn(given[0]))
      if (open.has(client) || text === 'rollback') return Reflect.apply(original, client, given)
      send('begin').catch(() => {})
      const answer = send(...given)
      send('rollback').catch(() => {})
      return answer
    }
    Object.defineProperty(client, 'query', { value: query })
  }
  pool.on('acquire', wrap)
  return {
    begin() {
      isDry = true
    },
    end() {
      isDry = false
    },
    told: () => told.splice(0),
  }
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}

/** The events travel as one JSON list. */
function typesIn(query: unknown): string[] {
  if (typeof query !== 'object' || query === null || !('values' in query) || !Array.isArray(query.values)) return []
  const lists = query.values.filter((value) => typeof value === 'string' && value.startsWith('[{'))
  return lists.flatMap((list) => JSON.parse(list).map((event: { type: string }) => event.type))
}
