/** The same connection with one more server setting, e.g. `role` or `search_path`. */
export function withSetting(url: string, name: string, value: string): string {
  const changed = new URL(url)
  const options = changed.searchParams.get('options')
  changed.searchParams.set('options', `${options ? `${options} ` : ''}-c ${name}=${value}`)
  return changed.href
}

export function urlOf(given: { user: string; password: string; host: string; port: number; database: string }): string {
  const { user, password, host, port, database } = given
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${database}`
}
