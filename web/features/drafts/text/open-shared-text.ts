import { heldHere } from '../asides.ts'
import { createSharedText, type SharedText, type TextRef } from './shared-text.ts'

type Open = { text: SharedText; users: number; mayEdit: boolean; rest: ReturnType<typeof setTimeout> | undefined }

const open = new Map<string, Open>()
/** A text that was looked away from for a moment is there at once when it is looked at again. */
const restMs = 20_000

/** The text of a file, the same for all who show it in this page. Every call is followed by a `closeSharedText`. */
export function openSharedText(file: TextRef, mayEdit: boolean): SharedText {
  const key = keyOf(file)
  const known = open.get(key)
  if (known) {
    clearTimeout(known.rest)
    known.rest = undefined
    known.users += 1
    known.mayEdit = mayEdit
    return known.text
  }
  const made: Open = {
    ...{ users: 1, mayEdit, rest: undefined },
    text: createSharedText(file, { mayEdit: () => made.mayEdit }),
  }
  open.set(key, made)
  return made.text
}

export function closeSharedText(file: TextRef): void {
  const key = keyOf(file)
  const known = open.get(key)
  if (!known) return
  known.users -= 1
  if (known.users > 0) return
  const rest = () => {
    // What the server does not take is nowhere else in this page.
    if (heldHere(file) === 'unsent') {
      known.rest = setTimeout(rest, restMs)
      return
    }
    open.delete(key)
    void known.text.close()
  }
  known.rest = setTimeout(rest, restMs)
}

function keyOf({ orgId, workspaceId, path }: TextRef): string {
  return `${orgId}/${workspaceId}/${path}`
}
