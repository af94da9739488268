import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Does something with a folder that holds these files, and takes it away again. */
export async function withTemplate(
  files: Readonly<Record<string, string>>,
  use: (dir: string) => Promise<void>,
): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'delegraph-template-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(dir, path)), { recursive: true })
      await writeFile(join(dir, path), text)
    }
    await use(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** A lead with three reports, one of which leads two more; nobody has work. */
export function smallTeam(name: string): Record<string, string> {
  return {
    'org.yaml': `
name: ${JSON.stringify(name)}
description: A team for one journey.
defaults: { runtime: native, model: rehearsal, tier: 2 }
workspaces:
  - name: Captain
    role: Leads.
    files_dir: captain
    children:
      - { name: Scout, role: Looks. }
      - name: Builder
        role: Builds.
        children:
          - { name: Mason, role: Lays stones. }
          - { name: Painter, role: Paints walls. }
      - { name: Cook, role: Feeds everyone. }
`,
    'captain/system-prompt.md': '# Captain\n\nYou lead a small team.\n',
  }
}
