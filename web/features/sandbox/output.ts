import type { OutputChunk } from '#sandbox/sandbox.ts'

/** Adds a chunk, joined to the last one of its stream, so that a thousand lines are not a thousand elements. */
export function appendChunk(output: readonly OutputChunk[], chunk: OutputChunk): readonly OutputChunk[] {
  const last = output.at(-1)
  if (last === undefined || last.stream !== chunk.stream) return [...output, chunk]
  return [...output.slice(0, -1), { stream: chunk.stream, text: last.text + chunk.text }]
}
