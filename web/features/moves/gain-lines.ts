import type { BudgetLimits } from '#shared/budgets/contract.ts'
import type { BudgetPeriod } from '#shared/budgets/periods.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { MovePreview } from '#shared/moves/contract.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { listNames, whatMoves } from './words.ts'

/** One thing that is added or taken away. */
export type GainLine = { sign: '+' | '−'; text: string; note: string; title?: string }

/** "Research: $5.00 a day" of the team of Sales. */
export function budgetLines({ budgets }: MovePreview): GainLine[] {
  return budgets.map(({ sign, name, period, limits, moved }) => ({
    sign: sign === 'gains' ? '+' : '−',
    text: `${listNames(moved)}: ${amounts(limits)} ${periods[period]}`,
    note: `team of ${name}`,
  }))
}

/** "Research reads 3 of Sales". Gains come first. */
export function memoryLines({ memory }: MovePreview): GainLine[] {
  const gains = memory.flatMap(({ name, gains: sources }) =>
    sources.length > 0 ? [{ sign: '+' as const, text: `${name} reads ${counted(sources)}`, note: 'from now on' }] : [],
  )
  const losses = memory.flatMap(({ name, loses: sources }) =>
    sources.length > 0 ? [{ sign: '−' as const, text: `${name} reads ${counted(sources)}`, note: 'no longer' }] : [],
  )
  return [...gains, ...losses]
}

/** "Research may not call run_code", because of a rule. What is opened comes first. */
export function toolLines({ tools }: MovePreview): GainLine[] {
  const order = { 'may-not': 0, asks: 1, may: 2 } as const
  const lines = tools.map(({ name, tools: names, from, to, why }): GainLine => {
    return {
      sign: order[to] > order[from] ? '+' : '−',
      text: `${name} ${mayWords[to]} ${listNames(names, 6)}`,
      note: why,
    }
  })
  return lines.toSorted((one, other) => rank(one) - rank(other))
}

/** Who is asked first for a yes. */
export function answerLines({ answers }: MovePreview): GainLine[] {
  const says = (who: string | null, name: string) =>
    who === null ? `People answer what ${name} asks` : `${who} answers what ${name} asks`
  return answers.flatMap(({ name, from, to }): GainLine[] => [
    { sign: '+', text: says(to, name), note: 'first' },
    { sign: '−', text: says(from, name), note: 'no longer' },
  ])
}

/** Contact with a higher tier is a way to its tools. */
export function reachLines({ reach }: MovePreview): GainLine[] {
  const lines = reach.map(({ sign, name, tier, via, tools }): GainLine => {
    const text = `${name} (tier ${tier}) can have ${via.name} (tier ${via.tier}) call ${listNames(tools, 5)}`
    return { sign: sign === 'gains' ? '+' : '−', text, note: sign === 'gains' ? 'may not itself' : 'no longer' }
  })
  return lines.toSorted((one, other) => rank(one) - rank(other))
}

/** "Research reads files of Sales", as its config grants while the two may talk. */
export function fileLines({ files }: MovePreview): GainLine[] {
  return files.map(({ sign, name, of, mode }) => ({
    sign: sign === 'gains' ? '+' : '−',
    text: `${name} ${mode === 'read_write' ? 'reads and writes' : 'reads'} files of ${of}`,
    note: sign === 'gains' ? 'its config grants it' : 'no longer in reach',
  }))
}

const mayWords = { may: 'may call', asks: 'asks before', 'may-not': 'may not call' } as const

function rank({ sign }: GainLine): number {
  return sign === '+' ? 0 : 1
}

/** What holds below whom it comes under holds for it too; what it was under holds no more. */
export function standingLines(moved: readonly Workspace[], target: Workspace | null): GainLine[] {
  const what = whatMoves(moved)
  const lines: GainLine[] = []
  if (target?.status === 'paused' && moved.some(({ status }) => status !== 'paused')) {
    lines.push({ sign: '−', text: `${what}: nothing new begins`, note: `paused with ${target.name}` })
  }
  if (target?.isFrozen && moved.some(({ isFrozen }) => !isFrozen)) {
    lines.push({ sign: '−', text: `${what}: may think and read, nothing else`, note: `frozen with ${target.name}` })
  }
  const isHeldAbove = (one: Workspace) => one.status === 'paused' && !one.isPausedHere
  if (target?.status !== 'paused' && moved.some(isHeldAbove)) {
    lines.push({ sign: '+', text: `${what}: goes on`, note: 'no longer paused from above' })
  }
  return lines
}

const periods = {
  day: 'a day',
  month: 'a month',
  tree: 'a task',
  run: 'a run',
} as const satisfies Record<BudgetPeriod, string>

function amounts({ money, tokens, steps, seconds, toolCalls }: BudgetLimits): string {
  const parts = [
    money !== null && formatMoney(money),
    tokens !== null && `${tokens.toLocaleString('en-US')} tokens`,
    steps !== null && `${steps} steps`,
    seconds !== null && `${seconds} s`,
    toolCalls !== null && `${toolCalls} tool calls`,
  ]
  return parts.filter(Boolean).join(', ')
}

function counted(sources: readonly { name: string; count: number }[]): string {
  return listNames(sources.map(({ name, count }) => `${count} of ${name}`))
}
