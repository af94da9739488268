import { type RefObject, useEffect, useState } from 'react'

type ScrollEdges = { isMoreBefore: boolean; isMoreAfter: boolean }

const none: ScrollEdges = { isMoreBefore: false, isMoreAfter: false }

/** Whether a row that scrolls sideways has more on either side than is seen. */
export function useScrollEdges(row: RefObject<HTMLElement | null>): ScrollEdges {
  const [edges, setEdges] = useState(none)
  useEffect(() => {
    const element = row.current
    if (!element) return
    const look = () => {
      const isMoreBefore = element.scrollLeft > 1
      const isMoreAfter = element.scrollLeft + element.clientWidth < element.scrollWidth - 1
      setEdges((known) =>
        known.isMoreBefore === isMoreBefore && known.isMoreAfter === isMoreAfter
          ? known
          : { isMoreBefore, isMoreAfter },
      )
    }
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    for (const child of element.children) sizes.observe(child)
    element.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [row])
  return edges
}
