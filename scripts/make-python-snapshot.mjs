// Starts Python as browsers will, and writes its memory to the file named, and beside it how to lay it out. Run by the set-up.
import { renameSync, writeFileSync } from 'node:fs'
import { loadPyodide } from 'pyodide'
import { pythonRunner } from '../sandbox/browser/inside/python-runner.ts'

const [file, layoutFile] = process.argv.slice(2)
const python = await loadPyodide({ _makeSnapshot: true, stdout: () => undefined })
// What nearly every program or our runner imports is part of it.
const used =
  'ast asyncio base64 collections csv dataclasses datetime decimal enum functools hashlib io itertools json linecache'
const more = 'math operator os pathlib random re statistics string sys textwrap time traceback typing'
python.runPython(`import ${`${used} ${more}`.split(' ').join(', ')}`)
// So is our runner, which has run a program: the first one of a browser finds what it would have had to make.
python.runPython(pythonRunner)
python.FS.mkdirTree('/project')
python.FS.writeFile('/project/first.py', 'print(1)')
await python.runPythonAsync(`await run('first.py')`)
python.FS.unlink('/project/first.py')
python.FS.rmdir('/project')
python.runPython('import gc, importlib; importlib.invalidate_caches(); gc.collect(); del gc, importlib')
const { layout, bytes } = packed(python.makeMemorySnapshot())
write(file, bytes)
write(layoutFile, JSON.stringify(layout))

function write(to, what) {
  writeFileSync(`${to}.draft`, what)
  renameSync(`${to}.draft`, to)
}

/** Half of the memory is empty, which need not travel: the rest as one, and where each stretch of it stands. */
function packed(snapshot) {
  // The loader's own head comes first; its second word says how long it is.
  const headBytes = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(4, true)
  const memory = snapshot.subarray(headBytes)
  const pageBytes = 4096
  const empty = new Uint8Array(pageBytes)
  const runs = []
  for (let at = 0; at < memory.length; at += pageBytes) {
    const page = memory.subarray(at, at + pageBytes)
    if (Buffer.compare(page, empty.subarray(0, page.length)) === 0) continue
    const last = runs.at(-1)
    if (last && last[0] + last[1] === at) last[1] += page.length
    else runs.push([at, page.length])
  }
  const head = Buffer.from(snapshot.subarray(0, headBytes)).toString('base64')
  const bytes = Buffer.concat(runs.map(([at, length]) => memory.subarray(at, at + length)))
  return { layout: { snapshotBytes: snapshot.length, head, runs, runner: pythonRunner }, bytes }
}
