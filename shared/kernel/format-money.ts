/** To the cent from one dollar up, to four digits below: 1_250_000 → "$1.25", 120_400 → "$0.1204". */
export function formatMoney(micros: number): string {
  const dollars = micros / 1_000_000
  return dollars >= 1 ? `$${dollars.toFixed(2)}` : `$${dollars.toFixed(4)}`
}
