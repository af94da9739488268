import type { CallToolResult } from '@modelcontextprotocol/client'
import { maxResultChars } from '#shared/mcp/limits.ts'

/** A result as the model reads it: texts as they are, what is no text by name, kind and size. */
export function resultText({ content, structuredContent }: CallToolResult): string {
  const parts = content.map(partText).filter((part) => part !== '')
  const hasText = content.some(({ type }) => type === 'text')
  if (!hasText && structuredContent !== undefined) parts.push(JSON.stringify(structuredContent))
  return clipped(parts.join('\n\n') || 'It gave nothing back.')
}

function partText(part: CallToolResult['content'][number]): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'image':
    case 'audio':
      return `[${part.type}, ${part.mimeType}, ${sizeOf(part.data)}: not shown]`
    case 'resource_link':
      return `[link to ${part.name}: ${part.uri}]`
    case 'resource': {
      const { resource } = part
      if ('text' in resource) return `[${resource.uri}]\n${resource.text}`
      return `[${resource.uri}, ${resource.mimeType ?? 'binary'}, ${sizeOf(resource.blob)}: not shown]`
    }
    default:
      return '[something of a kind that is not known here]'
  }
}

function sizeOf(base64: string): string {
  const bytes = Math.floor((base64.length * 3) / 4)
  return bytes < 1_000 ? `${bytes} bytes` : `${Math.round(bytes / 1_000)} kB`
}

function clipped(text: string): string {
  if (text.length <= maxResultChars) return text
  return `${text.slice(0, maxResultChars)}\n\n[Cut: ${text.length - maxResultChars} more characters were left out. Ask for less at once.]`
}
