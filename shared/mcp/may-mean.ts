import { isLike } from '../kernel/is-like.ts'
import { maxToolNameChars, toolName } from './tool-name.ts'

const given = /^([a-z][a-z0-9-]*)__(.+)$/s
/** What `toolName` puts behind a name it had to rewrite; it is hardly ever shorter. */
const mark = /_[0-9a-z]{5,7}$/

/**
 * May a pattern mean the tool that agents call by this name, in whatever case its letters are, and be it written as its server
 * calls it (`sky__files.delete`)? Wider than `isLike`: for rules that hold back, never for those that give.
 */
export function mayMean(pattern: string, name: string): boolean {
  const [wanted, called] = [pattern.toLowerCase(), name.toLowerCase()]
  if (isLike(wanted, called)) return true
  const [, server, tool] = given.exec(wanted) ?? []
  if (server === undefined || tool === undefined || !given.test(called)) return false
  const own = pattern.slice(pattern.indexOf('__') + 2)
  if (!pattern.includes('*') && toolName(server, own).toLowerCase() === called) return true
  if (!mark.test(called)) return false
  // Of what the mark stands for only the characters are known that were left as they were, and their places.
  const stem = called.replace(mark, '')
  if (called.length === maxToolNameChars) return mayBegin(plain(wanted), stem)
  return plain(wanted) !== wanted || wanted.includes('*') ? isLike(plain(wanted), stem) : false
}

/** Of a name that was cut, what was cut off may be anything. */
function mayBegin(pattern: string, stem: string): boolean {
  const [first = ''] = pattern.split('*')
  return pattern.includes('*') ? stem.startsWith(first) || first.startsWith(stem) : pattern.startsWith(stem)
}

function plain(pattern: string): string {
  return pattern.replaceAll(/[^a-z0-9_*-]/g, '_')
}
