import { KeyRound } from 'lucide-react'
import { customService } from '#shared/secrets/services.ts'
import { serviceLabel } from './words.ts'

/** The letter of a service, or a key for the organisation's own names. For eyes: the name stands beside it. */
export function ServiceMark({ service }: { service: string }) {
  return (
    <span
      aria-hidden
      className="flex size-5 shrink-0 items-center justify-center rounded-4 bg-surface-3 text-12 font-semibold text-fg-2"
    >
      {service === customService ? <KeyRound size={12} strokeWidth={1.75} /> : letters(serviceLabel(service))}
    </span>
  )
}

/** "OpenAI" and "OpenRouter" begin alike: a second capital tells them apart. */
function letters(label: string): string {
  return (
    [...label]
      .filter((sign) => sign !== sign.toLowerCase())
      .slice(0, 2)
      .join('') || label.slice(0, 1).toUpperCase()
  )
}
