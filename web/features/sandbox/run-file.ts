import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { client } from '#web/kernel/trpc.ts'
import { notify } from '#web/ui/toast.ts'
import { askToRun } from './ask.ts'
import { keepRun } from './history/keep-run.ts'
import { languageOfPath, type Program } from './program.ts'
import { pageRunner } from './runner.ts'

export type RunnableFile = {
  orgId: OrgId
  workspaceId: WorkspaceId
  path: string
  /** Texts of this page that are not saved yet; they are what is run. */
  unsaved: Readonly<Record<string, string>>
  mayKeep: boolean
}

/** Runs a file of a workspace at once, beside all its other files. */
export async function runFile(file: RunnableFile): Promise<void> {
  if (pageRunner.getState().progress.phase === 'running') return tellBusy(file.path)
  const program = await programOf(file)
  if (!program) return
  // Another may have begun while the files came; the pane must not show this one over its output.
  if (pageRunner.getState().progress.phase === 'running') return tellBusy(file.path)
  askToRun(file.orgId, program, file.path)
  await pageRunner.run(file.orgId, program, (run) => file.mayKeep && keepRun(file.orgId, run))
}

function tellBusy(path: string): void {
  const action = { label: 'Stop', run: pageRunner.stop }
  notify({ id: 'still-running', title: 'Something else still runs', detail: `Stop it, then run ${path}.`, action })
}

async function programOf({ orgId, workspaceId, path, unsaved }: RunnableFile): Promise<Program | undefined> {
  const language = languageOfPath(path)
  if (language === undefined) return undefined
  try {
    const { files, leftOut } = await client.files.texts.query({ orgId, workspaceId })
    const texts = { ...Object.fromEntries(files.map((file) => [file.path, file.text])), ...unsaved }
    const code = texts[path] ?? (await client.files.read.query({ orgId, workspaceId, path })).text
    if (leftOut.length > 0) {
      const title = `${leftOut.length} files are not beside ${path}`
      notify({ title, detail: `They are too many, or too large: ${leftOut.slice(0, 5).join(', ')}` })
    }
    const origin = { kind: 'file', workspaceId } as const
    return { language, code, path, files: { ...texts, [path]: code }, stdin: '', origin, recorded: null }
  } catch (error) {
    const { message, fix } = readProblem(error)
    notify({ title: `${path} cannot be run`, detail: [message, fix].filter(Boolean).join(' '), tone: 'failed' })
    return undefined
  }
}
