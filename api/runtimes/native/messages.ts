import type { LanguageModelV4Message, LanguageModelV4ToolResultPart } from '@ai-sdk/provider'
import {
  isSettled,
  type Journal,
  Message,
  ModelAnswer,
  type Peer,
  type RecordedStep,
  ToolCall,
  ToolOutput,
  type WorkContext,
} from '#shared/delegations/journal.ts'

/** The conversation as the model sees it, built from recorded steps alone: live, after a restart and in replay the same. */
export function messagesOf(journal: Journal, context: WorkContext): LanguageModelV4Message[] {
  const messages: LanguageModelV4Message[] = [
    { role: 'system', content: systemText(context) },
    { role: 'user', content: [{ type: 'text', text: journal.task }] },
  ]
  for (const step of journal.steps) {
    if (step.kind === 'note' && step.name === 'message') messages.push(said(Message.parse(step.output)))
    if (step.kind !== 'model' || step.state !== 'done') continue
    const answer = ModelAnswer.parse(step.output)
    // A provider refuses a message without content.
    if (answer.text === '' && answer.calls.length === 0) continue
    messages.push({
      role: 'assistant',
      content: [
        ...(answer.text === '' ? [] : [{ type: 'text' as const, text: answer.text }]),
        ...answer.calls.map((call) => ({
          type: 'tool-call' as const,
          toolCallId: call.id,
          toolName: call.name,
          input: parseArgs(call.args),
        })),
      ],
    })
    const results = journal.steps.filter((other) => other.askedBy === step.step && isSettled(other.state)).map(toResult)
    if (results.length > 0) messages.push({ role: 'tool', content: results })
  }
  return messages
}

function said({ text, by }: Message): LanguageModelV4Message {
  return { role: 'user', content: [{ type: 'text', text: `${by} says meanwhile: ${text}` }] }
}

function systemText({ workspace, requesterName, prompt, peers }: WorkContext): string {
  const who = workspace.role === '' ? workspace.name : `${workspace.name}: ${workspace.role}`
  const people = peers.length === 0 ? 'You have no peers.' : `Peers you may delegate to:\n${peers.map(line).join('\n')}`
  return [prompt.text.trim(), `You are ${who}. The work comes from ${requesterName}.`, people]
    .filter(Boolean)
    .join('\n\n')
}

function line(peer: Peer): string {
  return `- ${peer.name} (${peer.relation}, id ${peer.id})${peer.role === '' ? '' : `: ${peer.role}`}`
}

function toResult(step: RecordedStep): LanguageModelV4ToolResultPart {
  const { id, name } = ToolCall.parse(step.input)
  const value =
    step.state === 'done' ? ToolOutput.parse(step.output).text : (step.error ?? 'The call did not end well.')
  return {
    type: 'tool-result',
    toolCallId: id,
    toolName: name,
    output: { type: step.state === 'done' ? 'text' : 'error-text', value },
  }
}

/** Arguments that are no JSON go back to the model as it wrote them. */
function parseArgs(args: string): unknown {
  try {
    return JSON.parse(args)
  } catch {
    return args
  }
}
