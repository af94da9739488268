import { useEffect, useRef, useState } from 'react'

/** A person who reads further up is this far from the end, in pixels. */
const away = 24

/**
 * Keeps the end of the trace in view while work goes on, unless the person scrolled up to read; `follow` takes them back.
 * `count` changes with each line that comes.
 */
export function useLiveTail(isAlive: boolean, count: number) {
  const scroll = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLSpanElement>(null)
  const [isFollowing, setFollowing] = useState(true)

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new line is what moves the end.
  useEffect(() => {
    if (isAlive && isFollowing) end.current?.scrollIntoView({ block: 'nearest' })
  }, [isAlive, isFollowing, count])

  const onScroll = () => {
    const [box, last] = [scroll.current?.getBoundingClientRect(), end.current?.getBoundingClientRect()]
    if (box && last) setFollowing(last.bottom <= box.bottom + away)
  }
  return { scroll, end, isFollowing, onScroll, follow: () => setFollowing(true) }
}
