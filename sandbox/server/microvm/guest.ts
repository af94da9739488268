import type { Socket } from 'node:net'
import { z } from 'zod'
import type { Limits } from '../../sandbox.ts'
import type { Closed } from '../parked.ts'
import type { Streams } from '../remote/parked-remote.ts'
import type { CarriedRuntime } from '../runtimes.ts'

export const guestPort = 5252

const Over = z.object({ code: z.int().nullable(), signal: z.string().nullable(), outOfMemory: z.boolean() })
const streamOf = { input: 0, stdout: 1, stderr: 2, over: 3 } as const

/** Speaks with the agent in the guest: begins the program, hands its streams to and fro, and hears how it ended. */
export function speakWithGuest(
  socket: Socket,
  { command, env, files }: CarriedRuntime,
  { processCount }: Limits,
  { stdin, stdout, stderr }: Streams,
): Promise<Closed> {
  // The disk cannot be written, so our runners lie in memory.
  const inMemory = (path: string) => path.replace(/^\/opt\/delegraph\//, '/tmp/.delegraph/')
  const carried = files.map(({ path, bytes }) => [inMemory(`/${path}`), Buffer.from(bytes).toString('base64')] as const)
  const program = { command: command.map(inMemory), env: { ...env, NO_COLOR: '1' }, processCount }
  const begin = Buffer.from(JSON.stringify({ ...program, files: Object.fromEntries(carried) }))
  socket.write(Buffer.concat([Buffer.from(String(begin.length).padStart(8, '0')), begin]))
  stdin.on('data', (bytes: Buffer) => socket.write(frame(streamOf.input, bytes)))
  stdin.on('end', () => socket.write(frame(streamOf.input, Buffer.alloc(0))))

  let held: Buffer = Buffer.alloc(0)
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the machine ended before the program did')))
    socket.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes])
      while (held.length >= 8 && held.length >= 8 + held.readUInt32BE(4)) {
        const part = held.subarray(8, 8 + held.readUInt32BE(4))
        const stream = held[0]
        held = held.subarray(8 + part.length)
        if (stream === streamOf.stdout) stdout.write(part)
        else if (stream === streamOf.stderr) stderr.write(part)
        else if (stream === streamOf.over) resolve(closedOf(part))
      }
    })
  })
}

function closedOf(part: Buffer): Closed {
  const { code, signal, outOfMemory } = Over.parse(JSON.parse(part.toString()))
  return { code, signal: signal === null ? null : 'SIGKILL', limitsMet: outOfMemory ? ['memory'] : [] }
}

function frame(stream: number, bytes: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}
