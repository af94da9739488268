/** What a trace says of a step, read without the schemas of the server: what has another shape is not shown. */
export type Call = { id: string; name: string; args: string }
export type Answer = { text: string; calls: Call[]; finish: string }

export function readAnswer(output: unknown): Answer | undefined {
  if (!isRecord(output) || typeof output.text !== 'string' || !Array.isArray(output.calls)) return undefined
  const calls = output.calls.flatMap((one) => readCall(one) ?? [])
  return { text: output.text, calls, finish: typeof output.finish === 'string' ? output.finish : 'stop' }
}

export function readCall(input: unknown): Call | undefined {
  if (!isRecord(input)) return undefined
  const { id, name, args } = input
  if (typeof id !== 'string' || typeof name !== 'string' || typeof args !== 'string') return undefined
  return { id, name, args }
}

export function readText(output: unknown): string | undefined {
  return isRecord(output) && typeof output.text === 'string' ? output.text : undefined
}

/** The facts of the recorded context that a person asks for; the prompt itself is read in the window of a model call. */
export function readContext(output: unknown): Record<string, unknown> | undefined {
  if (!isRecord(output)) return undefined
  const { model, prompt, configVersion, contactPolicy, peers, tools, maxSteps, maxOutputTokens } = output
  return {
    model,
    'prompt version': isRecord(prompt) ? prompt.version : undefined,
    'config version': configVersion,
    'contact policy': contactPolicy,
    peers: Array.isArray(peers)
      ? peers.flatMap((peer) => (isRecord(peer) ? `${peer.name} (${peer.relation})` : []))
      : [],
    tools: Array.isArray(tools) ? tools.join(', ') : '',
    'step limit': maxSteps,
    'longest answer': maxOutputTokens === undefined ? undefined : `${maxOutputTokens} tokens`,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
