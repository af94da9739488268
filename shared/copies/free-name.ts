/** The longest name a workspace may have. */
const longest = 80

/** The name, or where it is taken the first of "Name 2", "Name 3" … that is free. Takes it. */
export function takeFreeName(name: string, taken: Set<string>): string {
  const stem = name.replace(/ \d{1,4}$/, '')
  let free = shortened(name, '')
  for (let number = 2; taken.has(free); number += 1) free = shortened(stem, ` ${number}`)
  taken.add(free)
  return free
}

function shortened(stem: string, ending: string): string {
  return `${stem.slice(0, longest - ending.length).trimEnd()}${ending}`
}
