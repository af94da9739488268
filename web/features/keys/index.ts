export { AgentTokenBlock } from './agent-token-block.tsx'
export { KeysSection } from './keys-section.tsx'
