import { FilePath, maxFileBytes } from '#shared/files/contract.ts'
import type { Dropped } from './gather-drop.ts'

export type Upload = { ok: true; path: string; text: string } | { ok: false; path: string; why: string }

/** Turns a dropped file into a text to save, or says why it cannot be one. What is too large is not read at all. */
export async function readUpload({ path, file }: Dropped): Promise<Upload> {
  const refuse = (why: string): Upload => ({ ok: false, path, why })
  const checked = FilePath.safeParse(path)
  if (!checked.success) return refuse(checked.error.issues[0]?.message ?? 'Its name cannot be used here.')
  if (file && file.size > maxFileBytes) {
    return refuse(`It has ${(file.size / 1_048_576).toFixed(1)} MiB; a file may hold at most 1 MiB.`)
  }
  const bytes = await file?.arrayBuffer().then(
    (content) => new Uint8Array(content),
    () => undefined,
  )
  if (!bytes) return refuse('It could not be read.')
  if (bytes.includes(0)) return refuse('It is not text: files here are prompts, configs and notes.')
  try {
    return { ok: true, path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return refuse('It is not UTF-8 text: files here are prompts, configs and notes.')
  }
}
