// Starts Python as browsers will, and writes its memory to the file named. Run by the set-up.
import { renameSync, writeFileSync } from 'node:fs'
import { loadPyodide } from 'pyodide'

const [file] = process.argv.slice(2)
const python = await loadPyodide({ _makeSnapshot: true })
// What nearly every program or our runner imports is part of it.
const used =
  'ast asyncio base64 collections csv dataclasses datetime decimal enum functools hashlib io itertools json linecache'
const more = 'math operator os pathlib random re statistics string sys textwrap time traceback typing'
python.runPython(`import ${`${used} ${more}`.split(' ').join(', ')}`)
writeFileSync(`${file}.draft`, packed(python.makeMemorySnapshot()))
renameSync(`${file}.draft`, file)

/** Half of it is empty pages, which need not travel: a mark, the length, the page's size, how many, where each stands, the pages. */
function packed(memory) {
  const pageBytes = 4096
  const empty = new Uint8Array(pageBytes)
  const pages = []
  for (let at = 0; at < memory.length; at += pageBytes) {
    const page = memory.subarray(at, at + pageBytes)
    if (Buffer.compare(page, empty.subarray(0, page.length)) !== 0) pages.push({ page, place: at / pageBytes })
  }
  const out = Buffer.alloc(16 + pages.length * (4 + pageBytes))
  for (const [at, value] of [0x59504744, memory.length, pageBytes, pages.length].entries())
    out.writeUInt32LE(value, at * 4)
  for (const [at, { page, place }] of pages.entries()) {
    out.writeUInt32LE(place, 16 + at * 4)
    out.set(page, 16 + pages.length * 4 + at * pageBytes)
  }
  return out
}
