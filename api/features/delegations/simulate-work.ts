import type { LanguageModelV4FunctionTool } from '@ai-sdk/provider'
import type { RecordedRun } from '#shared/delegations/canonical.ts'
import type { Journal, RecordedStep, ToolCall, WorkContext } from '#shared/delegations/journal.ts'
import { type CallResult, simulate } from '#shared/delegations/simulate.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import type { Redactor } from '../../kernel/redact/create-redactor.ts'
import type { ModelConnections } from '../../models/connections.ts'
import { callModel, type ModelReply } from '../../runtimes/native/call-model.ts'
import { withGiven } from './known-tools.ts'

export type Part = { delegationId: DelegationId; task: string; context: WorkContext }

export type Cast = {
  tools: readonly AnyTool[]
  signal: AbortSignal
  /** How models that are not rehearsed are reached. */
  connections: ModelConnections
  redactor: Redactor
  answerCall(call: ToolCall): Promise<CallResult>
  /** Around each model call, e.g. a meter. */
  around(
    asked: { journal: Journal; step: RecordedStep },
    call: () => Promise<ModelReply>,
  ): Promise<ModelReply & { cost: number }>
}

export type Bill = { modelCalls: number; inputTokens: number; outputTokens: number; cost: number }

/** Plays work through in memory with a real or the rehearsal model. Throws only where it was aborted. */
export async function simulateWork(part: Part, cast: Cast): Promise<RecordedRun & { bill: Bill }> {
  const bill: Bill = { modelCalls: 0, inputTokens: 0, outputTokens: 0, cost: 0 }
  const specs = withGiven(cast.tools, part.context).map(specOf)
  const { connections, redactor } = cast
  const run = await simulate(begun(part), {
    answerCall: async (call) => {
      cast.signal.throwIfAborted()
      return await cast.answerCall(call)
    },
    askModel: async (journal, step) => {
      cast.signal.throwIfAborted()
      try {
        const { answer, usage, cost } = await cast.around({ journal, step }, () =>
          callModel(journal, specs, cast.signal, { connections, redactor, step }),
        )
        bill.modelCalls += 1
        bill.inputTokens += usage.inputTokens
        bill.outputTokens += usage.outputTokens
        bill.cost += cost
        return answer
      } catch (error) {
        cast.signal.throwIfAborted()
        return {
          error:
            error instanceof Error && error.message !== '' ? redactor.text(error.message) : 'It failed without a word.',
        }
      }
    },
  })
  return { ...run, bill }
}

/** Of the words a task may hold for the rehearsal model, those that make it slow. */
const slowly = /\[rehearse( reports)?:\s*slow[^\]]*\]/gi

/** The work at its beginning, with what the agent knows. A rehearsal is played without its pauses. */
function begun({ delegationId, task: given, context }: Part): Journal {
  const task = context.isRehearsal ? given.replace(slowly, '').trim() : given
  const rehearsal = context.rehearsal.map((part) => ({ ...part, turns: part.turns.map(withoutPause) }))
  const step = { step: 0, kind: 'context', state: 'done', name: 'context', input: {}, error: null } as const
  const nobody = { askedBy: null, call: null, childId: null, approvalId: null }
  const output = { ...context, rehearsal }
  const { id: workspaceId } = context.workspace
  return { delegationId, workspaceId, state: 'running', task, cancel: null, steps: [{ ...step, ...nobody, output }] }
}

function withoutPause<T extends { delay_ms?: number | undefined }>({ delay_ms: _pause, ...turn }: T) {
  return turn
}

function specOf({ name, description, inputSchema }: AnyTool): LanguageModelV4FunctionTool {
  return { type: 'function', name, description, inputSchema }
}
