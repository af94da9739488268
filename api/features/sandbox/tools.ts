import { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import type { OutsideTool } from '../../kernel/agent-tool.ts'
import { runCode } from './run-code.ts'

const Input = z.object({
  language: z.enum(['typescript', 'javascript', 'python']),
  code: z.string().min(1).max(200_000).describe('The whole program. Print what you want to know.'),
  stdin: z.string().max(1_000_000).default('').describe('What the program reads from its standard input.'),
  files: z
    .record(z.string().min(1).max(200), z.string().max(1_000_000))
    .default({})
    .describe('Files beside the program, by relative path; it starts in their folder.'),
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
    const parsed = Input.safeParse(args)
    if (!parsed.success) {
      const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`)
      throw new AppError('bad-input', `The arguments of run_code do not fit. ${wrong.join('; ')}`, {
        fix: 'Call run_code again with arguments that follow its schema.',
      })
    }
    const { timeout_s: seconds, ...program } = parsed.data
    return { text: JSON.stringify(await runCode({ ...program, timeoutMs: seconds * 1000 }, signal)) }
  },
}

export const sandboxTools: readonly OutsideTool[] = [runCodeTool]
