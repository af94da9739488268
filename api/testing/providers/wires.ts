import { anthropic } from './anthropic.ts'
import { bedrock } from './bedrock.ts'
import { chatWires } from './chat-completions.ts'
import { google } from './google.ts'
import { ollama } from './ollama.ts'
import type { Wire } from './wire.ts'

/** Every provider we know how to ask. */
export const wires: readonly Wire[] = [...chatWires, anthropic, google, bedrock, ollama]
