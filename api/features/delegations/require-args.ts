import { z } from 'zod'
import type { ToolCall } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { parseArgs } from './tool-text.ts'

const Schema = z.looseObject({
  required: z.array(z.string()).default([]),
  properties: z
    .record(z.string(), z.looseObject({ type: z.unknown(), description: z.string().optional() }))
    .default({}),
})

/**
 * The arguments of a call. Models call tools with none at all when their answer was cut, or out of habit: such a call is
 * told what it lacks, by name and kind, instead of what a parser makes of it.
 */
export function argsOf(tool: Pick<AnyTool, 'name' | 'inputSchema'>, call: ToolCall): unknown {
  const args = parseArgs(call)
  const { required, properties } = Schema.parse(tool.inputSchema)
  if (required.length === 0 || !isEmpty(args)) return args
  const lacking = required.map((name) => describe(name, properties[name]))
  throw new AppError('bad-input', `${tool.name} was called without arguments. It needs ${lacking.join(', ')}.`, {
    fix: `Call ${tool.name} again with all of them in one JSON object, e.g. ${JSON.stringify(exampleOf(required, properties))}.`,
  })
}

type Property = { type: unknown; description?: string | undefined }

function describe(name: string, property: Property | undefined): string {
  const kind = typeof property?.type === 'string' ? property.type : 'value'
  return `${name} (${kind}${property?.description ? `: ${property.description}` : ''})`
}

function exampleOf(required: readonly string[], properties: Readonly<Record<string, Property>>): object {
  return Object.fromEntries(required.map((name) => [name, examples[String(properties[name]?.type)] ?? '…']))
}

const examples: Readonly<Record<string, unknown>> = { number: 1, integer: 1, boolean: true, array: ['…'], object: {} }

function isEmpty(args: unknown): boolean {
  return args === null || (typeof args === 'object' && Object.keys(args).length === 0)
}
