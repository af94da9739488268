import { readFile } from 'node:fs/promises'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { defineCommand, runMain } from 'citty'

// Reading our own code is half of what a command takes: it is kept compiled beside the installed packages, where it can be.
const root = join(import.meta.dirname, '../..')
enableCompileCache(join(root, 'node_modules/.cache/delegraph/compiled'))

/** Each command is loaded when it is asked for: `start` waits for no other. */
const delegraph = defineCommand({
  meta: async () => ({
    name: 'delegraph',
    version: await readVersion(),
    description: 'A browser IDE and control plane for organisations of AI agents.',
  }),
  subCommands: {
    start: () => import('./start.ts').then((module) => module.startCommand),
    worker: () => import('./worker-command.ts').then((module) => module.workerCommand),
    doctor: () => import('./doctor-command.ts').then((module) => module.doctorCommand),
    import: () => import('./import-command.ts').then((module) => module.importCommand),
    snapshot: () => import('./snapshot-command.ts').then((module) => module.snapshotCommand),
    restore: () => import('./restore-command.ts').then((module) => module.restoreCommand),
    audit: () => import('./audit-command.ts').then((module) => module.auditCommand),
    approvals: () => import('./approvals-command.ts').then((module) => module.approvalsCommand),
    approve: () => import('./approvals-answer.ts').then((module) => module.approveCommand),
    deny: () => import('./approvals-answer.ts').then((module) => module.denyCommand),
    keys: () => import('./keys-command.ts').then((module) => module.keysCommand),
    secrets: () => import('./secrets-command.ts').then((module) => module.secretsCommand),
    mcp: () => import('./mcp-command.ts').then((module) => module.mcpCommand),
    key: () => import('./key-command.ts').then((module) => module.keyCommand),
    limits: () => import('./limits-command.ts').then((module) => module.limitsCommand),
    log: () => import('./log-command.ts').then((module) => module.logCommand),
    replay: () => import('./replay-command.ts').then((module) => module.replayCommand),
    'reset-password': () => import('./reset-password-command.ts').then((module) => module.resetPasswordCommand),
    bench: () => import('./bench.ts').then((module) => module.benchCommand),
  },
})

/** Asked for by `--version` and the help only: no other command loads what reads it. */
async function readVersion(): Promise<string> {
  const { z } = await import('zod')
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))).version
}

await runMain(delegraph)
