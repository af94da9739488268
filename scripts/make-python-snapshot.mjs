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
writeFileSync(`${file}.draft`, python.makeMemorySnapshot())
renameSync(`${file}.draft`, file)
