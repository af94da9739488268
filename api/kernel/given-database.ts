import pg from 'pg'
import { AppError } from '#shared/kernel/app-error.ts'
import { withSetting } from './database-url.ts'
import { roleKeys, roleNames } from './roles.ts'

/**
 * Makes a Postgres that somebody else runs ready for our roles. They need no passwords: every connection logs in as the
 * user of DATABASE_URL and takes on its role at once. What that user may not do is told as the SQL an administrator runs.
 */
export async function prepareGivenDatabase(
  databaseUrl: string,
): Promise<{ ownerUrl: string; appUrl: string; authUrl: string }> {
  const client = await connect(databaseUrl)
  try {
    await requireVersion(client)
    const missing = await missingStatements(client)
    await runAll(client, missing)
  } finally {
    await client.end()
  }
  const as = (role: string) => withSetting(databaseUrl, 'role', role)
  return { ownerUrl: as(roleNames.owner), appUrl: as(roleNames.app), authUrl: as(roleNames.auth) }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: readable(databaseUrl),
    connectionTimeoutMillis: 10_000,
    application_name: 'delegraph-setup',
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'no answer'
    throw new AppError('unavailable', `The database of DATABASE_URL cannot be reached: ${why}`, {
      field: 'DATABASE_URL',
      fix: 'Put DATABASE_URL right, or leave it out to use the embedded database.',
      cause,
    })
  }
}

function readable(databaseUrl: string): string {
  if (/^postgres(ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl)) return databaseUrl
  throw new AppError('bad-input', 'DATABASE_URL is not the address of a PostgreSQL database.', {
    field: 'DATABASE_URL',
    fix: 'Write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE',
  })
}

const oldestVersion = 16

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000)
  if (major >= oldestVersion) return
  throw new AppError('unavailable', `The database of DATABASE_URL is PostgreSQL ${major}.`, {
    field: 'DATABASE_URL',
    fix: `Use PostgreSQL ${oldestVersion} or newer.`,
  })
}

/** What is left to do before our roles can work in this database, in order. */
async function missingStatements(client: pg.Client): Promise<string[]> {
  const roles = roleKeys.map((key) => roleNames[key])
  const { rows } = await client.query<{ role: string; exists: boolean; usable: boolean; may: boolean }>(
    `select wanted.role, r.oid is not null as exists,
            coalesce(pg_has_role(current_user, r.oid, 'SET'), false) as usable,
            coalesce(has_database_privilege(r.oid, current_database(), 'CREATE')
                 and has_schema_privilege(r.oid, 'public', 'CREATE'), false) as may
       from unnest($1::text[]) with ordinality as wanted (role, place)
       left join pg_roles r on r.rolname = wanted.role order by place`,
    [roles],
  )
  const here = await client.query<{ name: string; login: string }>(
    'select quote_ident(current_database()) as name, quote_ident(current_user) as login',
  )
  const { name = '', login = '' } = here.rows[0] ?? {}
  const create = rows.filter((row) => !row.exists).map((row) => `create role ${row.role} nologin`)
  const unusable = rows.filter((row) => !row.usable).map((row) => row.role)
  const grant = unusable.length > 0 ? [`grant ${unusable.join(', ')} to ${login}`] : []
  const ownerMay = rows.find((row) => row.role === roleNames.owner)?.may ?? false
  const rights = ownerMay
    ? []
    : [
        `grant create, connect on database ${name} to ${roleNames.owner}`,
        `grant usage, create on schema public to ${roleNames.owner}`,
      ]
  return [...create, ...grant, ...rights]
}

async function runAll(client: pg.Client, statements: readonly string[]): Promise<void> {
  if (statements.length === 0) return
  await client.query('begin')
  try {
    for (const statement of statements) await client.query(statement)
    // A right that the server could not give is only a warning to it.
    const left = await missingStatements(client)
    if (left.length > 0) throw notAllowed(left)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    if (error instanceof Error && 'code' in error && error.code === '42501') throw notAllowed(statements, error)
    throw error
  }
}

function notAllowed(statements: readonly string[], cause?: unknown): AppError {
  const script = statements.map((statement) => `${statement};`).join('\n')
  return new AppError('unavailable', 'The user of DATABASE_URL may not make the roles that Delegraph works with.', {
    field: 'DATABASE_URL',
    fix: `As an administrator of that server, run once in this database:\n${script}`,
    data: { sql: script },
    cause,
  })
}
