import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'

/** What really stands in the tables of an embedded database, past every rule of the product: for comparing, never for changing. */
export async function readTables<R extends object>(
  dataDir: string,
  statement: string,
  values: readonly unknown[],
): Promise<R[]> {
  const [port, password] = await Promise.all([
    readFile(join(dataDir, 'postgres', 'port'), 'utf8'),
    readFile(join(dataDir, 'keys', 'postgres-superuser'), 'utf8'),
  ])
  const client = new Client({
    host: '127.0.0.1',
    port: Number(port),
    user: 'postgres',
    password: password.trim(),
    database: 'delegraph',
    options: '-c default_transaction_read_only=on',
  })
  await client.connect()
  try {
    return (await client.query<R>(statement, [...values])).rows
  } finally {
    await client.end()
  }
}
