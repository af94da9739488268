/** Which updates of the server are known here: all up to a number, and single ones beyond a gap. */
export function createHeard() {
  let known = 0
  const ahead = new Set<number>()

  const closeUp = () => {
    while (ahead.delete(known + 1)) known += 1
    return ahead.size > 0 ? 'with a gap' : 'without a gap'
  }

  return {
    /** Everything up to this one is known. */
    startAt(seq: number): void {
      known = Math.max(known, seq)
      for (const one of ahead) if (one <= known) ahead.delete(one)
      closeUp()
    },
    hear(seq: number): 'with a gap' | 'without a gap' {
      if (seq > known) ahead.add(seq)
      return closeUp()
    },
    isNext: (seq: number) => seq === known + 1,
    isNews: (seq: number) => seq > known,
  }
}
