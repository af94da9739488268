import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { OutsideTool, ToolCallSite } from '#api/kernel/agent-tool.ts'

/** What the outside world saw of a call: one line as it begins, one as it has happened. */
export const Sighting = z.object({ delegationId: z.string(), step: z.number(), saw: z.enum(['begin', 'end']) })
export type Sighting = z.infer<typeof Sighting>

const Args = z.object({ ms: z.number().default(0) })

/** Tools whose effect lies outside the database: a line of a file that is only ever appended to. */
export function evidenceTools(file: string): OutsideTool[] {
  return [
    tool(file, 'mark_once', 'Leaves a mark that must not be left twice.', { readOnly: false, idempotent: false }),
    tool(file, 'mark_again', 'Leaves a mark; leaving it again does no harm.', { readOnly: false, idempotent: true }),
  ]
}

function tool(file: string, name: string, description: string, hints: OutsideTool['hints']): OutsideTool {
  return {
    name,
    description,
    hints,
    inputSchema: z.toJSONSchema(Args, { io: 'input' }),
    async perform(site, args, signal) {
      mark(file, site, 'begin')
      await pause(Args.parse(args).ms, undefined, { signal })
      mark(file, site, 'end')
      return { text: `${name} left its mark.` }
    },
  }
}

/** A line is short enough to be written whole or not at all. */
function mark(file: string, { delegationId, step }: ToolCallSite, saw: Sighting['saw']): void {
  appendFileSync(file, `${JSON.stringify({ delegationId, step, saw } satisfies Sighting)}\n`)
}
