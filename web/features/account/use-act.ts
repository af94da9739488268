import { useState } from 'react'
import { type Problem, readProblem } from '../../kernel/app-error.ts'

/** One thing a form does: whether it is under way, and what the server said against it. */
export function useAct<A extends unknown[]>(work: (...given: A) => Promise<unknown>) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const run = async (...given: A) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work(...given)
    } catch (error) {
      setProblem(isProblem(error) ? error.problem : readProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return { run: (...given: A) => void run(...given), isBusy, problem, clear: () => setProblem(undefined) }
}

/** What went wrong on this side, in words, to be shown as if the server had said it. */
export class LocalProblem extends Error {
  readonly problem: Problem

  constructor(problem: Omit<Problem, 'code'>) {
    super(problem.message)
    this.problem = { code: 'bad-input', ...problem }
  }
}

function isProblem(error: unknown): error is LocalProblem {
  return error instanceof LocalProblem
}

/** What stands under one field: the message and what to do. */
export function fieldError(problem: Problem | undefined, field: string): string | undefined {
  if (problem?.field !== field) return undefined
  return [problem.message, problem.fix].filter(Boolean).join(' ')
}
