import { canBeRedacted } from '#shared/secrets/can-be-redacted.ts'

const shortestPart = 20
const shortestPassword = 8

/** The value, and what in it is secret by itself: the lines of a key, the texts of a JSON key file, the password of an address. */
export function partsOf(value: string): string[] {
  const all = [value, ...linesOf(value), ...passwordOf(value), ...textsOf(value)]
  return [...new Set(all)].filter(canBeRedacted)
}

function linesOf(value: string): string[] {
  const lines = value.split(/\r?\n|\\n/).map((line) => line.trim())
  return lines.length < 2 ? [] : lines.filter((line) => line.length >= shortestPart && !/\s/.test(line))
}

function passwordOf(value: string): string[] {
  if (!value.includes('://')) return []
  const password = URL.parse(value.trim())?.password ?? ''
  if (password.length < shortestPassword) return []
  return [password, decoded(password)]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function textsOf(value: string): string[] {
  if (!/^\s*[{[]/.test(value)) return []
  return leavesOf(parsed(value)).filter(isSecretByItself)
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...linesOf(value)]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(leavesOf)
}

/** Addresses of services and of people stand beside the key in such a file and are no secrets. */
function isSecretByItself(text: string): boolean {
  if (text.includes('-----BEGIN')) return true
  return text.length >= shortestPart && !/\s|@|^https?:/.test(text)
}
