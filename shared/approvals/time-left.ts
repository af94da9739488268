/** How long an answer is still possible, for people: "45 s left", "9 min left", "3 h left", "2 d left". */
export function formatLeft(expiresAt: string, now: number): string {
  const seconds = Math.ceil((Date.parse(expiresAt) - now) / 1_000)
  if (seconds <= 0) return 'time is over'
  if (seconds < 60) return `${seconds} s left`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min left`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h left`
  return `${Math.floor(seconds / 86_400)} d left`
}
