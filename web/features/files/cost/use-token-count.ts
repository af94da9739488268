import { useEffect, useState } from 'react'
import { whenIdle } from '../../../kernel/when-idle.ts'
import { countTokens } from './count-tokens.ts'

/** Counted when nobody has typed for so long. */
const restMs = 400

/** The tokens of a text, a moment after it last changed; undefined until they are counted. */
export function useTokenCount(text: string): number | undefined {
  const [tokens, setTokens] = useState<number>()
  useEffect(() => {
    let isOver = false
    const timer = setTimeout(() => {
      whenIdle(() => {
        if (isOver) return
        void countTokens(text).then((counted) => {
          if (!isOver) setTokens(counted)
        })
      })
    }, restMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [text])
  return tokens
}
