import type { LucideIcon } from 'lucide-react'

/** A stretch of a text, as offsets into it. */
export type Stretch = { start: number; end: number }

export type Completion = {
  label: string
  kind: 'field' | 'value' | 'tool' | 'place' | 'variable' | 'key'
  /** Beside the label, in a few words. */
  detail?: string
  /** Under it, in Markdown, when the person stays on it. */
  docs?: string
  insert: string
  /** What it replaces. */
  at: Stretch
}

export type Fix =
  | { title: string; isBest?: boolean; edits: readonly (Stretch & { text: string })[] }
  /** Something other than an edit, e.g. a question that is asked. */
  | { title: string; isBest?: boolean; run: () => void }

export type Finding = Stretch & {
  tone: 'error' | 'warning' | 'info'
  /** Stable, e.g. "unknown-tool". */
  code: string
  message: string
  fixes?: readonly Fix[]
}

/** What a name in the text means, and the way there. */
export type Meaning = Stretch & { about: string; go: () => void }

/** An act offered at the end of some lines, with the text as it is when it is chosen. */
export type LineAct = {
  label: string
  icon: LucideIcon
  /** The lines it is offered at, from 1. */
  linesOf: (text: string) => readonly number[]
  run: (place: TextPlace) => void
}

/** A line of a text, from 1. */
export type TextPlace = { text: string; line: number }

/** What the page knows of a text while it is written. Every part is asked with the text as it is now; none may be slow. */
export type CodeHelp = {
  complete?: (text: string, offset: number) => readonly Completion[]
  /** Markdown about what stands there. */
  hover?: (text: string, offset: number) => (Stretch & { docs: string }) | undefined
  meaningAt?: (text: string, offset: number) => Meaning | undefined
  lint?: (text: string) => readonly Finding[]
  lineAct?: LineAct | undefined
}
