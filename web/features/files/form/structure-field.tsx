import { useState } from 'react'
import { TextareaField } from '../../../ui/textarea-field.tsx'
import type { SourceWritten } from './field-source.ts'

export type StructureFieldProps = {
  label: string
  hint?: string
  error?: string | undefined
  /** As it is written in the text. */
  source: string
  isLocked: boolean
  onWrite: (source: string) => SourceWritten
}

/** Fields within fields, as the YAML they are; what is half-typed stays here until it can be read. */
export function StructureField({ source, isLocked, onWrite, error, ...words }: StructureFieldProps) {
  const [typed, setTyped] = useState({ text: source, means: source })
  const [fault, setFault] = useState<string>()
  // Changed from outside, e.g. in the other face: what was typed here is over.
  if (typed.means !== source) {
    setTyped({ text: source, means: source })
    setFault(undefined)
  }
  const change = (text: string) => {
    const written = onWrite(text)
    setFault('fault' in written ? written.fault : undefined)
    setTyped({ text, means: 'fault' in written ? source : written.source })
  }
  const wrong = fault ?? error
  return (
    <TextareaField
      {...words}
      {...(wrong !== undefined && { error: wrong })}
      rows={2}
      value={typed.text}
      readOnly={isLocked}
      className="font-mono"
      onChange={change}
    />
  )
}
