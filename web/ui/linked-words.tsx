import { splitAtLinks, useWordLinks } from './word-links.ts'

/** A text whose places can be gone to. */
export function LinkedWords({ text }: { text: string }) {
  const links = useWordLinks()
  return splitAtLinks(text, links).map((part, index) =>
    typeof part === 'string' ? (
      part
    ) : (
      <button
        // biome-ignore lint/suspicious/noArrayIndexKey: a part of a text is known by where it stands.
        key={index}
        type="button"
        onClick={part.run}
        className="rounded-4 font-medium text-accent underline underline-offset-2"
      >
        {part.words}
      </button>
    ),
  )
}
