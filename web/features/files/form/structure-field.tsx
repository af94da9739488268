import { useState } from 'react'
import { parseDocument, stringify } from 'yaml'
import { TextareaField } from '../../../ui/textarea-field.tsx'
import type { FieldValue } from './edit-yaml.ts'

export type StructureFieldProps = {
  label: string
  hint?: string
  error?: string | undefined
  value: unknown
  isLocked: boolean
  onChange: (value: FieldValue) => void
}

/** Fields within fields, as a small YAML of their own; what is half-typed stays here until it can be read. */
export function StructureField({ value, isLocked, onChange, error, ...words }: StructureFieldProps) {
  const written = value === undefined ? '' : stringify(value, { lineWidth: 0 })
  const [typed, setTyped] = useState({ text: written, means: written })
  const [fault, setFault] = useState<string>()
  // Changed from outside, e.g. in the other face: what was typed here is over.
  if (typed.means !== written) {
    setTyped({ text: written, means: written })
    setFault(undefined)
  }
  const change = (text: string) => {
    const read = parseDocument(text, { schema: 'core', prettyErrors: false, resolveKnownTags: false })
    const [wrong] = read.errors
    setFault(wrong?.message)
    if (wrong) return setTyped({ text, means: written })
    const meant: unknown = read.contents === null ? undefined : read.toJS({ maxAliasCount: 100 })
    const isNothing = meant === undefined || meant === null
    setTyped({ text, means: isNothing ? '' : stringify(meant, { lineWidth: 0 }) })
    onChange(isNothing ? undefined : { structure: meant })
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
