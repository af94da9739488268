import { type Db, openDb } from '../pool.ts'
import { type Asides, openAsides } from '../presence/asides.ts'
import { startNotifier } from './notifier.ts'
import { startTail, type Tail } from './tail.ts'
import { openWords, type Words } from './words.ts'

export type LiveDb = { db: Db; tail: Tail; words: Words; asides: Asides; stop(): Promise<void> }

/** The database as a node uses it: what is written is told to all nodes, and what any node writes is heard. */
export function openLiveDb(connectionString: string, onError: (error: unknown) => void): LiveDb {
  const notifier = startNotifier(connectionString)
  const db = openDb({ connectionString, onAppended: notifier.mark })
  const tail = startTail({ db, connectionString, onError })
  const words = openWords(db, connectionString)
  const asides = openAsides(db, connectionString)
  return {
    db,
    tail,
    words,
    asides,
    async stop() {
      await Promise.all([notifier.stop(), tail.stop(), words.stop(), asides.stop()])
      await db.pool.end()
    },
  }
}
