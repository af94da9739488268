import { readProblem } from '../../kernel/app-error.ts'
import { notify } from '../../ui/toast.ts'
import { type Undoable, undoStack } from './undo-stack.ts'

/** Takes back the latest act of this page, or the one given, and says so. */
export async function undoNow(done: Undoable | undefined = undoStack.latest()): Promise<void> {
  if (!done) return
  try {
    const undone = await undoStack.undo(done)
    if (undone) notify({ id: 'undo', title: `Undid ${undone.name}`, tone: 'done' })
  } catch (error) {
    const { message, fix } = readProblem(error)
    notify({
      id: 'undo',
      title: `Could not undo ${done.name}`,
      detail: [message, fix].filter(Boolean).join(' '),
      tone: 'failed',
    })
  }
}

/** Remembers an act and offers to take it back. */
export function offerUndo(title: string, done: Undoable): void {
  undoStack.push(done)
  notify({ title, tone: 'done', action: { label: 'Undo', run: () => void undoNow(done) } })
}
