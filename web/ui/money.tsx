import { formatMoney } from '#shared/kernel/money.ts'

/** Micro-dollars as money, in figures of one width. */
export function Money({ micros }: { micros: number }) {
  return (
    <data value={micros} className="font-mono whitespace-nowrap">
      {formatMoney(micros)}
    </data>
  )
}
