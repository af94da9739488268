/** Remembers what an editor told its parent, so that the same text coming back as a property is not taken for news. */
export class Echo {
  #told: string[] = []

  tell(text: string): void {
    this.#told.push(text)
    if (this.#told.length > 50) this.#told.shift()
  }

  /** True for a text that was told before; older ones are then forgotten. News from outside forgets all of them. */
  isOwn(text: string): boolean {
    const at = this.#told.lastIndexOf(text)
    this.#told = at < 0 ? [] : this.#told.slice(at)
    return at >= 0
  }
}
