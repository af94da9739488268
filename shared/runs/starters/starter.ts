import type { Program } from '../contract.ts'

export type Starter = {
  id: string
  label: string
  language: Program['language']
  code: string
  /** What lies beside it. */
  files?: Readonly<Record<string, string>>
  stdin?: string
  /** How it ends when nobody stops it. */
  ends: 'completed' | 'failed' | 'serves' | 'timed-out'
}
