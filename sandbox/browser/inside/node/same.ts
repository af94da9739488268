/** Whether two values are alike all the way down, as `assert.deepEqual` means it. Shipped as text. */
export function createSame() {
  return { isSame, isLike }

  /** As `==` has it, and NaN is like itself. */
  function isLike(one: unknown, other: unknown): boolean {
    // biome-ignore lint/suspicious/noDoubleEquals: that is what it is called for
    return Object.is(one, other) || one == other
  }

  function isSame(one: unknown, other: unknown, isStrict: boolean): boolean {
    const pairs = new Map<object, Set<object>>()
    return alike(one, other)

    function alike(a: unknown, b: unknown): boolean {
      if (Object.is(a, b)) return true
      if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return !isStrict && isLike(a, b)
      if (pairs.get(a)?.has(b)) return true
      pairs.set(a, (pairs.get(a) ?? new Set()).add(b))
      if (isStrict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
      if (Array.isArray(a) !== Array.isArray(b)) return false
      if (a instanceof Date && b instanceof Date && !Object.is(a.getTime(), b.getTime())) return false
      if (a instanceof RegExp && b instanceof RegExp && String(a) !== String(b)) return false
      if (a instanceof Error && b instanceof Error && (a.message !== b.message || a.name !== b.name)) return false
      if (a instanceof Map) return b instanceof Map && a.size === b.size && [...a].every((each) => holds(b, each))
      if (a instanceof Set) {
        const others: unknown[] = b instanceof Set ? [...b] : []
        return (
          b instanceof Set &&
          a.size === b.size &&
          [...a].every((each) => b.has(each) || others.some((it) => alike(each, it)))
        )
      }
      const keys = Object.keys(a)
      return (
        keys.length === Object.keys(b).length &&
        keys.every((key) => Object.hasOwn(b, key) && alike(Reflect.get(a, key), Reflect.get(b, key)))
      )
    }
    function holds(map: Map<unknown, unknown>, [key, value]: [unknown, unknown]): boolean {
      return map.has(key)
        ? alike(value, map.get(key))
        : [...map].some(([it, its]) => alike(key, it) && alike(value, its))
    }
  }
}
