import { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import { maxRunFiles, maxRunFilesChars } from '#shared/runs/limits.ts'
import type { OutsideTool } from '../../kernel/agent-tool.ts'
import { networkOf } from './network-of.ts'
import { runCode, runProject } from './run-code.ts'

/** Of a program that people may run again: as many files as their own runs may have. */
const Files = z
  .record(z.string().min(1).max(200), z.string().max(1_000_000))
  .refine((files) => Object.keys(files).length <= maxRunFiles, `Use at most ${maxRunFiles} files, or run_project.`)
  .refine(
    (files) => Object.values(files).reduce((sum, text) => sum + text.length, 0) <= maxRunFilesChars,
    `Use at most ${maxRunFilesChars} characters in all files together, or run_project.`,
  )

const Input = z.object({
  language: z.enum(['typescript', 'javascript', 'python']),
  code: z.string().min(1).max(200_000).describe('The whole program. Print what you want to know.'),
  stdin: z.string().max(1_000_000).default('').describe('What the program reads from its standard input.'),
  files: Files.default({}).describe('Files beside the program, by relative path; it starts in their folder.'),
  timeout_s: z.number().min(1).max(300).default(30),
})

const runCodeTool: OutsideTool = {
  name: 'run_code',
  description:
    'Runs a program in a sandbox without network and gives its output. TypeScript and JavaScript run in Deno, Python is 3. Nothing is kept between calls.',
  inputSchema: z.toJSONSchema(Input, { io: 'input' }),
  // It leaves nothing behind, so it may be begun again after a crash.
  hints: { readOnly: true, idempotent: true },
  async perform(_site, args, signal) {
    const { timeout_s: seconds, ...program } = checked('run_code', Input, args)
    return { text: JSON.stringify(await runCode({ ...program, timeoutMs: seconds * 1000 }, signal)) }
  },
}

const Project = Input.omit({ language: true, code: true }).extend({
  command: z.string().min(1).max(4_000).describe('A line for the shell, e.g. npm test, node main.js, python3 main.py.'),
  files: z
    .record(z.string().min(1).max(200), z.string().max(1_000_000))
    .describe('All files of the project, by relative path; the command begins in their folder.'),
})

const runProjectTool: OutsideTool = {
  name: 'run_project',
  description:
    'Runs a command over a project of several files in a sandbox and gives its output: Node with npm, Deno, Python. It reaches only the hosts its workspace was given; without the registry among them nothing can be installed.',
  inputSchema: z.toJSONSchema(Project, { io: 'input' }),
  // It may send something to a host, so nobody begins it again without a person.
  hints: { readOnly: false, idempotent: false, openWorld: true },
  async perform({ context, workspaceId }, args, signal) {
    const { timeout_s: seconds, ...project } = checked('run_project', Project, args)
    const { rules: network, notAllowed } = await networkOf(context, workspaceId)
    const run = await runProject({ ...project, network, timeoutMs: seconds * 1000 }, signal)
    const told = notAllowed.map((host) => `${host} refused: nobody of the organisation allowed it`)
    return { text: JSON.stringify(told.length > 0 ? { ...run, network: [...(run.network ?? []), ...told] } : run) }
  },
}

function checked<S extends z.ZodType>(name: string, schema: S, args: unknown): z.output<S> {
  const parsed = schema.safeParse(args)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`)
  throw new AppError('bad-input', `The arguments of ${name} do not fit. ${wrong.join('; ')}`, {
    fix: `Call ${name} again with arguments that follow its schema.`,
  })
}

export const sandboxTools: readonly OutsideTool[] = [runCodeTool, runProjectTool]
