import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import { Field, inputLook } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'

export type ListFieldProps = {
  label: string
  hint?: string
  error?: string | undefined
  items: readonly string[]
  suggestions: readonly string[]
  readOnly: boolean
  onChange: (items: string[]) => void
}

/** Names one under the other; one is added by its name, with those that are known to choose from. */
export function ListField({ label, hint, error, items, suggestions, readOnly, onChange }: ListFieldProps) {
  const [typed, setTyped] = useState('')
  const listId = useId()
  const add = () => {
    const name = typed.trim()
    if (name === '') return
    if (!items.includes(name)) onChange([...items, name])
    setTyped('')
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      add()
    }
    if (event.key === 'Backspace' && typed === '' && items.length > 0) onChange(items.slice(0, -1))
  }
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <div className="flex flex-col gap-1.5">
          {items.length > 0 && (
            <ul aria-label={label} className="flex flex-wrap gap-1">
              {items.map((item) => (
                <li
                  key={item}
                  className="flex max-w-full items-center rounded-4 border border-line-2 bg-surface-2 pl-2 font-mono text-12"
                >
                  <span className="min-w-0 truncate py-0.5" title={item}>
                    {item}
                  </span>
                  {readOnly ? (
                    <span className="w-2" />
                  ) : (
                    <IconButton
                      icon={X}
                      label={`Take ${item} out of ${label}`}
                      size="small"
                      onClick={() => onChange(items.filter((other) => other !== item))}
                    />
                  )}
                </li>
              ))}
            </ul>
          )}
          {!readOnly && (
            <div className="flex gap-1">
              <input
                {...wiring}
                type="text"
                spellCheck={false}
                autoComplete="off"
                list={listId}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                onKeyDown={press}
                className={classes(inputLook, 'h-7 px-2 font-mono')}
              />
              <datalist id={listId}>
                {suggestions
                  .filter((name) => !items.includes(name))
                  .map((name) => (
                    <option key={name} value={name} />
                  ))}
              </datalist>
              <IconButton icon={Plus} label={`Add to ${label}`} disabled={typed.trim() === ''} onClick={add} />
            </div>
          )}
          {readOnly && items.length === 0 && (
            <input {...wiring} readOnly value="None" className={classes(inputLook, 'h-7 px-2 text-fg-2')} />
          )}
        </div>
      )}
    </Field>
  )
}
