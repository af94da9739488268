export { beginWords } from './begun-words.ts'
export { ChatTab } from './chat-tab.tsx'
export { followChat } from './follow.ts'
