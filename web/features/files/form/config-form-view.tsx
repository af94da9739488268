import { TriangleAlert } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { type ConfigField, configFields, effectOf } from '#shared/workspaces/config-fields.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { TextareaField } from '../../../ui/textarea-field.tsx'
import { type ReadConfig, readConfig } from '../help/read-config.ts'
import type { Surroundings } from '../help/surroundings.ts'
import { type FieldValue, setConfigField } from './edit-yaml.ts'
import { fieldDocs } from './field-docs.ts'
import { setFieldSource, sourceOf } from './field-source.ts'
import {
  isNone,
  itemsMeantBy,
  meantBy,
  noItems,
  otherProblems,
  problemOf,
  shownItems,
  shownText,
} from './form-values.ts'
import { ListField } from './list-field.tsx'
import { StructureField, type StructureFieldProps } from './structure-field.tsx'
import { YesNoField } from './yes-no-field.tsx'

export type ConfigFormViewProps = {
  /** For those who listen, e.g. "Config of Lead". */
  label: string
  text: string
  isReadOnly: boolean
  around: Surroundings
  onChange: (text: string) => void
  /** To the other face of the same text. */
  onShowYaml: () => void
}

const sections = [...new Set(configFields.map(({ section }) => section))]

/** config.yaml as a form. What is typed here is written into the text; its comments and order stay. */
export function ConfigFormView({ label, text, isReadOnly, around, onChange, onShowYaml }: ConfigFormViewProps) {
  const config = useMemo(() => readConfig(text), [text])
  const [fault] = config.faults
  // Broken YAML keeps the last form that could be read on the screen, to be read only.
  const [lastGood, setLastGood] = useState(config)
  if (!fault && lastGood !== config) setLastGood(config)
  const shown = fault ? lastGood : config
  const isLocked = isReadOnly || fault !== undefined
  const others = Object.keys(shown.value).filter((name) => !configFields.some((field) => field.name === name))
  return (
    <form
      aria-label={label}
      onSubmit={(event) => event.preventDefault()}
      className="min-h-0 flex-1 overflow-y-auto px-4 py-4"
    >
      <div className="mx-auto flex max-w-180 flex-col gap-6">
        {fault && (
          <div role="alert" className="flex items-start gap-2 rounded-6 bg-waiting-soft px-3 py-2 text-13">
            <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
            <p className="min-w-0 flex-1 text-pretty">
              The text is no YAML right now, so it cannot be edited here: line {lineOf(text, fault.start)}.{' '}
              {fault.message}
            </p>
            <Button size="small" onClick={onShowYaml}>
              Correct it in the YAML
            </Button>
          </div>
        )}
        {otherProblems(shown, configFields).map(({ path, message }) => (
          <p key={path.join('.')} role="alert" className="text-13 text-danger">
            {[path.map(String).join('.'), message].filter(Boolean).join(': ')}
          </p>
        ))}
        {sections.map((section) => (
          <fieldset key={section} className="flex flex-col gap-3 border-0 p-0">
            <legend className="mb-2 text-12 font-medium text-fg-2">{section}</legend>
            {configFields
              .filter((field) => field.section === section)
              .map((field) => (
                <OneField
                  key={field.name}
                  field={field}
                  config={shown}
                  isLocked={isLocked}
                  suggestions={suggestionsFor(field, around)}
                  onSet={(value) => onChange(setConfigField(text, field.name, value))}
                  onWrite={(source) => {
                    const written = setFieldSource(text, field.name, source)
                    if ('text' in written) onChange(written.text)
                    return written
                  }}
                />
              ))}
          </fieldset>
        ))}
        {others.length > 0 && (
          <p className="text-12 text-pretty text-fg-2">
            Kept as they are: <span className="font-mono">{others.join(', ')}</span>. Edit them in the YAML.
          </p>
        )}
      </div>
    </form>
  )
}

const noneHint = 'None. For all, take the line out in the YAML.'

type OneFieldProps = {
  field: ConfigField
  config: ReadConfig
  isLocked: boolean
  suggestions: readonly string[]
  onSet: (value: FieldValue) => void
  onWrite: StructureFieldProps['onWrite']
}

function OneField({ field, config, isLocked, suggestions, onSet, onWrite }: OneFieldProps) {
  const listId = useId()
  const error = problemOf(config, field)?.message
  const words = { label: field.label, hint: isNone(config, field) ? noneHint : hintOf(field), error }
  switch (field.shape) {
    case 'paragraph':
      return (
        <TextareaField
          {...words}
          rows={2}
          value={shownText(config, field)}
          readOnly={isLocked}
          onChange={(typed) => onSet(meantBy(config, field, typed))}
        />
      )
    case 'yes-no':
      return (
        <YesNoField {...words} text={shownText(config, field)} isLocked={isLocked} onChange={(value) => onSet(value)} />
      )
    case 'structure':
      return <StructureField {...words} source={sourceOf(config, field.name)} isLocked={isLocked} onWrite={onWrite} />
    case 'names':
    case 'keys':
      return (
        <ListField
          {...words}
          items={shownItems(config, field)}
          suggestions={suggestions}
          readOnly={isLocked}
          onChange={(lines) => onSet(lines.length === 0 ? noItems(field) : itemsMeantBy(config, field, lines))}
        />
      )
    case 'line':
    case 'model':
    case 'number':
      return (
        <div>
          <TextField
            {...words}
            value={shownText(config, field)}
            readOnly={isLocked}
            inputMode={field.shape === 'number' ? 'numeric' : undefined}
            list={suggestions.length > 0 ? listId : undefined}
            autoComplete="off"
            className={field.shape === 'line' ? undefined : 'font-mono'}
            onChange={(typed) => onSet(meantBy(config, field, typed))}
          />
          {suggestions.length > 0 && (
            <datalist id={listId}>
              {suggestions.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          )}
        </div>
      )
    default:
      return field.shape satisfies never
  }
}

function hintOf({ name }: ConfigField): string {
  const when = effectOf(name) === 'at-once' ? 'Applies at once.' : 'Applies to the next delegation.'
  return [fieldDocs[name], when].filter(Boolean).join(' ')
}

function suggestionsFor({ name, shape }: ConfigField, around: Surroundings): readonly string[] {
  if (shape === 'model' || name === 'fallback_models') return around.models.map(({ model }) => model)
  if (shape === 'keys') return around.secrets
  if (name === 'tools') return around.tools.map((tool) => tool.name)
  if (name === 'skills') return around.skills
  return name === 'runtime' ? ['native'] : []
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
