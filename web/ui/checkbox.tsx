import { useId } from 'react'

export type CheckboxProps = { label: string; isOn: boolean; onChange: (isOn: boolean) => void; disabled?: boolean }

export function Checkbox({ label, isOn, onChange, disabled }: CheckboxProps) {
  const id = useId()
  return (
    <span className="inline-flex items-center gap-2">
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 shrink-0 accent-accent"
      />
      <label htmlFor={id} className="text-13 text-fg-2">
        {label}
      </label>
    </span>
  )
}
