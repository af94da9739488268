import type { WordsFrame } from '#shared/delegations/words.ts'
import type { OrgId } from '#shared/kernel/ids.ts'

export type Piece = [orgId: OrgId, frame: WordsFrame]

/** NOTIFY takes 7,999 bytes. */
const mostBytes = 7_900
const mostTextBytes = 5_000

/** Pieces as payloads of NOTIFY, in their order, each within its limit; long texts are cut. */
export function pack(pieces: readonly Piece[]): string[] {
  const payloads: string[] = []
  let open: string[] = []
  let bytes = 2
  const close = () => {
    if (open.length > 0) payloads.push(`[${open.join(',')}]`)
    open = []
    bytes = 2
  }
  for (const piece of pieces.flatMap(cut)) {
    const text = JSON.stringify(piece)
    const size = Buffer.byteLength(text) + 1
    if (bytes + size > mostBytes) close()
    open.push(text)
    bytes += size
  }
  close()
  return payloads
}

function cut([orgId, frame]: Piece): Piece[] {
  const { isEnd, ...said } = frame
  if (sizeOf(frame.text) <= mostTextBytes) return [[orgId, frame]]
  // No character takes more than six bytes of JSON.
  const chars = Math.floor(mostTextBytes / 6)
  const cuts: Piece[] = []
  for (let start = 0; start < frame.text.length; start += chars) {
    cuts.push([orgId, { ...said, at: frame.at + start, text: frame.text.slice(start, start + chars) }])
  }
  if (isEnd) cuts.push([orgId, { ...said, at: frame.at + frame.text.length, text: '', isEnd }])
  return cuts
}

function sizeOf(text: string): number {
  return text.length * 6 <= mostTextBytes ? 0 : Buffer.byteLength(JSON.stringify(text))
}
