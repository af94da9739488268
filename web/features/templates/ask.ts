import { createAsked } from '../../kernel/asked.ts'
import type { Dropped } from './dropped.ts'

/** What of templates is open: the gallery, or the import, with what was dropped or chosen to begin with. */
export type TemplateQuestion =
  | { kind: 'gallery' }
  | { kind: 'import'; from?: { kind: 'dropped'; dropped: Dropped } | { kind: 'library'; slug: string; name: string } }

const asked = createAsked<TemplateQuestion | undefined>(undefined)

/** Opens the gallery or the import, from wherever. */
export const askTemplates = asked.ask
export const useTemplateQuestion = asked.useAsked
/** For the one place that shows it. */
export const useTemplateQuestionHere = asked.useAskedHere
