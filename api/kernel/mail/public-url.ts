import type { Db } from '../pool.ts'

const urls = new WeakMap<Db, string>()

/** Where people reach this server: said once at the start. Links in mails begin with it. */
export function setPublicUrl(db: Db, url: string): void {
  urls.set(db, url)
}

export function publicUrlOf(db: Db): string {
  const url = urls.get(db)
  if (!url) throw new Error('nobody said where people reach this server')
  return url
}
