import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webApp } from './web-app.ts'

const code = 'export const answer = 42\n'.repeat(100)
const folder = await mkdtemp(join(tmpdir(), 'delegraph-web-app-'))
const server = createServer(express().use(webApp(folder)))

beforeAll(async () => {
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets', 'page-abc.js'), code)
  await writeFile(join(folder, 'assets', 'page-abc.js.br'), brotliCompressSync(code))
  await writeFile(join(folder, 'assets', 'small-abc.js'), 'export {}')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

async function ask(path: string, encodings: string) {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const [answer] = await once(
    get({ host: '127.0.0.1', port, path, headers: { 'accept-encoding': encodings } }),
    'response',
  )
  return await whole(answer)
}

async function whole(answer: IncomingMessage) {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part)
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }
}

test('who reads brotli gets what the build pressed, kept for good', async () => {
  const { headers, body } = await ask('/assets/page-abc.js', 'gzip, deflate, br')
  expect(headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' })
  expect(headers['content-type']).toMatch(/javascript/)
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(brotliDecompressSync(body).toString()).toBe(code)
})

test('who does not, and whoever asks for what was too small to press, gets the file as it is', async () => {
  const plain = await ask('/assets/page-abc.js', 'gzip')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body.toString()).toBe(code)
  const small = await ask('/assets/small-abc.js', 'br')
  expect(small.headers['content-encoding']).toBeUndefined()
  expect(small.body.toString()).toBe('export {}')
  expect((await ask('/assets/none-abc.js', 'br')).status).toBe(404)
})
