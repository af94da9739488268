import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Who reads further up is this far from the end, in pixels. */
const away = 32

/** Keeps the end of what is in `content` in view while it grows, unless the person scrolled up to read. */
export function useStayAtEnd(): {
  box: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  onScroll: () => void
} {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useLayoutEffect(() => {
    const stay = () => {
      if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight
    }
    stay()
    const observer = new ResizeObserver(stay)
    if (content.current) observer.observe(content.current)
    return () => observer.disconnect()
  }, [])
  const onScroll = () => {
    const { current } = box
    if (current) isAtEnd.current = current.scrollTop + current.clientHeight >= current.scrollHeight - away
  }
  return { box, content, onScroll }
}
