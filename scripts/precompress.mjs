import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)
/** Beyond it a build waits longer than the bytes are worth. */
const quality = 5
const smallest = 1_024

/** Puts beside each built file what a browser is sent of it, so that no server presses the same file for each visitor anew. */
export function precompress() {
  let folder = ''
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.build.outDir, 'assets')
    },
    async closeBundle() {
      const files = (await readdir(folder)).filter((name) => /\.(js|css|wasm|svg)$/.test(name))
      await Promise.all(files.map((name) => press(join(folder, name))))
    },
  }
}

async function press(file) {
  const plain = await readFile(file)
  if (plain.length < smallest) return
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  }
  await writeFile(`${file}.br`, await compress(plain, { params }))
}
