import { useState } from 'react'
import { asNumber, readStored, writeStored } from '../../../kernel/storage.ts'

const key = 'editor.split-size'

/** The share of the right side in percent, as this browser last had it. */
export function useSplitSize(): [number, (size: number) => void] {
  const [size, setSize] = useState(() => readStored(key, asNumber, 50))
  return [
    size,
    (next) => {
      setSize(next)
      writeStored(key, next)
    },
  ]
}
