import { backendNames } from '#sandbox/server/settings.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { checkKeyProvider } from './doctor/keys.ts'
import {
  checkBackend,
  checkBrowser,
  checkGit,
  checkNode,
  checkNpm,
  checkPageSandbox,
  checkSandbox,
  checkWebApp,
  checkWebContainers,
} from './doctor/programs.ts'
import { checkDatabase, checkDataDir, checkDisk, checkPort, checkPostgresPrograms } from './doctor/server.ts'

/** What one look at the machine found. `needed` tells what the program cannot start without from what only adds to it. */
export type Finding = { name: string; ok: boolean; needed: boolean; found: string; fix?: string }

export type DoctorInput = { dataDir?: string; port: number; databaseUrl?: string }

/** Looks at every prerequisite and changes nothing but the data folder, which is made when missing. Never throws. */
export async function runDoctor(input: DoctorInput): Promise<Finding[]> {
  const looks: readonly (readonly [name: string, needed: boolean, look: () => Promise<string> | string])[] = [
    ['Node', true, checkNode],
    ['npm', true, checkNpm],
    ['Web app', true, checkWebApp],
    ['PostgreSQL programs', !input.databaseUrl, checkPostgresPrograms],
    ['Data folder', true, () => checkDataDir(input.dataDir)],
    ['Free disk', true, () => checkDisk(input.dataDir)],
    ['Port', true, () => checkPort(input.port)],
    ['Database', true, () => checkDatabase(input)],
    ['Key of secrets', true, () => checkKeyProvider(input.dataDir)],
    ['Browser for tests', false, checkBrowser],
    ['Sandbox for agents', false, checkSandbox],
    ...backendNames.map((name) => [`Sandbox ${name}`, false, () => checkBackend(name)] as const),
    ['Sandbox in the page', false, checkPageSandbox],
    ['Sandbox WebContainers', false, checkWebContainers],
    ['git', false, checkGit],
  ]
  // One after the other: the database is started in the data folder that was looked at before.
  const findings: Finding[] = []
  for (const [name, needed, look] of looks) findings.push(await finding(name, needed, look))
  return findings
}

/** The findings for a terminal, one line each, with a fix below what is wrong. */
export function describeFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length))
  return findings
    .flatMap(({ name, ok, needed, found, fix }) => [
      `${ok ? '✓' : needed ? '✗' : '–'} ${name.padEnd(width)}  ${found}`,
      ...(ok || !fix ? [] : [`  ${' '.repeat(width)}  → ${fix}`]),
    ])
    .join('\n')
}

async function finding(name: string, needed: boolean, look: () => Promise<string> | string): Promise<Finding> {
  try {
    return { name, needed, ok: true, found: await look() }
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    return { name, needed, ok: false, found, ...(error instanceof AppError && error.fix ? { fix: error.fix } : {}) }
  }
}
