import { expect, test } from 'vitest'
import { createWhoseServers } from './whose-servers.ts'

function openContainer() {
  const whose = createWhoseServers()
  let ports: readonly number[] = []
  let ofRun: readonly number[] = []
  whose.hear((servers) => {
    ports = servers.map(({ port }) => port)
    ofRun = servers.filter(({ isOfRun }) => isOfRun).map(({ port }) => port)
  })
  let lifted = 0
  return {
    whose,
    ready: (port: number) => whose.ready({ port, url: `http://127.0.0.1:${port}` }),
    begin: () => whose.runBegins(() => void lifted++),
    ports: () => ports,
    ofRun: () => ofRun,
    lifted: () => lifted,
  }
}

test('where no program is, what begins to answer is the run’s: it lifts its limit and ends with it', () => {
  const { ready, begin, ports, lifted } = openContainer()
  const run = begin()
  ready(3000)
  expect([ports(), lifted()]).toEqual([[3000], 1])
  run.end()
  expect(ports()).toEqual([])
  ready(3000)
  expect(ports()).toEqual([])
})

test('beside a program the run’s own server is known by its process, in whichever order the two are told', () => {
  const { whose, ready, begin, ports, ofRun, lifted } = openContainer()
  whose.programBegins()
  const run = begin()
  run.listens(3000)
  expect(lifted()).toBe(0)
  ready(3000)
  expect(lifted()).toBe(1)
  ready(3001)
  expect(ofRun()).toEqual([3000])
  run.listens(3001)
  expect([ports(), ofRun(), lifted()]).toEqual([[3001, 3000], [3001, 3000], 2])
  run.end()
  expect(ports()).toEqual([])
})

test('a program’s server neither lifts the run’s limit nor ends with it, and does not count as the run’s', () => {
  const { whose, ready, begin, ports, ofRun, lifted } = openContainer()
  const end = whose.programBegins()
  const run = begin()
  ready(5173)
  expect([ports(), ofRun(), lifted()]).toEqual([[5173], [], 0])
  run.end()
  expect(ports()).toEqual([5173])
  end()
  expect(ports()).toEqual([])
})

test('the last program takes its servers along, and leaves the run its own', () => {
  const { whose, ready, begin, ports } = openContainer()
  const ends = [whose.programBegins(), whose.programBegins()]
  const run = begin()
  run.listens(3000)
  ready(3000)
  ready(5173)
  ends[0]?.()
  expect(ports()).toEqual([5173, 3000])
  ends[1]?.()
  expect(ports()).toEqual([3000])
  run.end()
  expect(ports()).toEqual([])
})

test('a port that closes is gone at once, whoever goes on', () => {
  const { whose, ready, begin, ports } = openContainer()
  whose.programBegins()
  const run = begin()
  run.listens(3000)
  ready(3000)
  ready(5173)
  whose.closed(5173)
  whose.closed(3000)
  expect(ports()).toEqual([])
  run.end()
})

test('what answered beside a program is gone with the last one, also where the run says later that it listens there', () => {
  const { whose, ready, begin, ports, lifted } = openContainer()
  const end = whose.programBegins()
  const run = begin()
  ready(3000)
  end()
  run.listens(3000)
  expect([ports(), lifted()]).toEqual([[], 0])
})
