import { AppError } from '#shared/kernel/app-error.ts'
import { type Telemetry, telemetry, within } from './telemetry.ts'

type Called = {
  tool: { name: string; description: string }
  call: { id: string; args: string }
  agent: { delegationId: string; workspaceId: string; name: string }
  /** Masks what is told of contents, where those are asked for. */
  mask: (text: string) => string
}

/**
 * The span of one tool call by OpenTelemetry's conventions for generative AI. Arguments, result and words of an error are
 * contents: they are told only where the operator asks for them, and masked.
 */
export async function tracedTool<T>(
  called: Called,
  call: () => Promise<T>,
  textOf: (result: T) => string,
  running?: Telemetry,
): Promise<T> {
  const open = running ?? (await telemetry())
  if (!open) return await call()
  const { tool, agent, mask } = called
  const span = open.tracer.startSpan(`execute_tool ${tool.name}`, {
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': tool.name,
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.description': tool.description.slice(0, 500),
      'gen_ai.tool.call.id': called.call.id,
      'gen_ai.conversation.id': agent.delegationId,
      'gen_ai.agent.id': agent.workspaceId,
      'gen_ai.agent.name': agent.name,
      ...(open.showsContents && { 'gen_ai.tool.call.arguments': mask(called.call.args) }),
    },
  })
  return await within(
    span,
    call,
    (result) => (open.showsContents ? { 'gen_ai.tool.call.result': mask(textOf(result)) } : {}),
    (error) => {
      span.setAttribute('error.type', error instanceof AppError ? error.code : 'error')
      const words = error instanceof Error ? error.message : String(error)
      span.setStatus({ code: 2, ...(open.showsContents && { message: mask(words) }) })
    },
  )
}
