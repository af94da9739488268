import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import { resolveDataDir } from '../kernel/data-dir.ts'
import { openDatabase } from '../kernel/database.ts'
import { withSetting } from '../kernel/database-url.ts'
import { createResetToken, resetLink } from '../kernel/identity/password-resets.ts'
import { findPersonByEmail } from '../kernel/identity/people.ts'
import { openPool } from '../kernel/pool.ts'
import { tellProblem } from './tell-problem.ts'

export const resetPasswordCommand = defineCommand({
  meta: {
    name: 'reset-password',
    description: 'Print a link by which somebody chooses a new password. Who runs this machine may do so.',
  },
  args: {
    email: { type: 'positional', required: true, description: 'Address of their account' },
    url: { type: 'string', description: 'Address of the server; by default DELEGRAPH_PUBLIC_URL, or this machine' },
    json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args }) {
    try {
      const base = readUrl(args.url ?? process.env.DELEGRAPH_PUBLIC_URL ?? 'http://127.0.0.1:7410')
      const link = resetLink(base, await makeToken(args.email, args['data-dir']))
      if (args.json) console.log(JSON.stringify({ link }))
      else console.log(`Good once, within 30 minutes, while the server runs:\n${link}`)
    } catch (error) {
      tellProblem(error)
    }
  },
})

async function makeToken(email: string, dir: string | undefined): Promise<string> {
  const { DATABASE_URL: databaseUrl } = process.env
  const database = await openDatabase({ dataDir: resolveDataDir(dir), ...(databaseUrl && { databaseUrl }) })
  const pool = openPool({ connectionString: withSetting(database.authUrl, 'search_path', 'auth'), max: 1 })
  try {
    const person = await findPersonByEmail(pool, email)
    if (person) return await createResetToken(pool, person, { isMailed: false })
    throw new AppError('not-found', `Nobody here has the address ${email}.`, {
      field: 'email',
      fix: 'Check how it is written.',
    })
  } finally {
    await pool.end()
    await database.stop()
  }
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin
  throw new AppError('bad-input', `${text} is no address of a server.`, {
    field: 'url',
    fix: 'Write it like https://name.',
  })
}
