import type { Page } from '@playwright/test'
import { editorVerbs } from './editor-verbs.ts'
import { filesVerbs } from './files-verbs.ts'
import { graphVerbs } from './graph-verbs.ts'
import { runVerbs } from './run-verbs.ts'
import { workVerbs } from './work-verbs.ts'

export type Ide = ReturnType<typeof openIde>

/** The page in the words of the one who uses it. */
export function openIde(page: Page) {
  return { page, ...graphVerbs(page), ...editorVerbs(page), ...filesVerbs(page), ...runVerbs(page), ...workVerbs(page) }
}
