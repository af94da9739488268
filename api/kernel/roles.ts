import pg from 'pg'

/** Each role does one thing: `owner` owns the tables and migrates, `app` works under row-level security, `auth` signs in. */
export const roleNames = { owner: 'delegraph_owner', app: 'delegraph_app', auth: 'delegraph_auth' } as const
export type RoleKey = keyof typeof roleNames
export type RolePasswords = Readonly<Record<RoleKey, string>>

export const roleKeys: readonly RoleKey[] = ['owner', 'app', 'auth']

const advisoryLock = 7_411_901

/** Makes the roles of our own server, each with its password. Safe to call again, and by two processes at once. */
export async function ensureLoginRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    for (const key of roleKeys) {
      const name = roleNames[key]
      const found = await admin.query('select from pg_roles where rolname = $1', [name])
      const verb = found.rowCount === 0 ? 'create' : 'alter'
      const rights = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication'
      await admin.query(`${verb} role ${name} ${rights} password ${pg.escapeLiteral(passwords[key])}`)
    }
  })
}

/** Makes a database that belongs to the owner role, when it is not there. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    const found = await admin.query('select from pg_database where datname = $1', [name])
    if (found.rowCount !== 0) return
    const database = pg.escapeIdentifier(name)
    await admin.query(`create database ${database} owner ${roleNames.owner}`)
    // Closed by default: only our roles may connect.
    await admin.query(`revoke all on database ${database} from public`)
    await admin.query(`grant connect on database ${database} to ${roleNames.app}, ${roleNames.auth}`)
  })
}

async function asAdmin(adminUrl: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl, application_name: 'delegraph-setup' })
  admin.on('error', () => {})
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock($1)', [advisoryLock])
    await work(admin)
  } finally {
    await admin.end()
  }
}
