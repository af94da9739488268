import { isAlias, isNode, visit } from 'yaml'
import { readConfig } from '../help/read-config.ts'
import { pairOf, rangeOf } from './field-place.ts'

/** The text where no other field repeats this one or a part of it: each that did has the value as its own. */
export function releaseAliases(text: string, name: string): string {
  if (!text.includes('*')) return text
  const config = readConfig(text)
  const value = pairOf(config, name)?.value
  const inside = new Set<unknown>()
  visitAll(value, (node) => inside.add(node))
  const released: { from: number; to: number; value: string }[] = []
  visitAll(config.document.contents, (node) => {
    const [from, to] = rangeOf(node) ?? []
    if (!isAlias(node) || inside.has(node) || from === undefined || to === undefined) return
    const target = node.resolve(config.document)
    if (target && inside.has(target)) released.push({ from, to, value: JSON.stringify(target.toJS(config.document)) })
  })
  return released.reduceRight((left, { from, to, value: own }) => left.slice(0, from) + own + left.slice(to), text)
}

function visitAll(root: unknown, see: (node: unknown) => void): void {
  if (isNode(root)) visit(root, { Node: (_key, node) => see(node) })
}
