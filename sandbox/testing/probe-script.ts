/** Runs in a blob worker under the frame's headers and tries every door; each must answer "blocked" or "absent". */
export const probeScript = `
const seen = {}
const door = async (name, attempt) => {
  try {
    const opened = await Promise.race([attempt(), new Promise((give) => setTimeout(give, 700, 'blocked: silence'))])
    seen[name] = typeof opened === 'string' ? opened : 'OPEN'
  } catch (error) {
    seen[name] = /is not defined|undefined|is not a (function|constructor)/.test(error.message) ? 'absent' : 'blocked: ' + error.name
  }
}
const heard = (target, good, bad) => new Promise((open, refuse) => {
  target.addEventListener(good, () => open('OPEN'))
  target.addEventListener(bad, () => refuse(new DOMException('refused', 'NetworkError')))
})
const here = '%ORIGIN%'
await_all()
async function await_all() {
  await Promise.all([
    door('fetch own page', () => fetch(here + '/leak-fetch')),
    door('fetch no-cors', () => fetch(here + '/leak-no-cors', { mode: 'no-cors' })),
    door('XMLHttpRequest', () => { const x = new XMLHttpRequest(); x.open('GET', here + '/leak-xhr', false); x.send(); return 'OPEN' }),
    door('WebSocket', () => heard(new WebSocket(here.replace('http', 'ws') + '/leak-socket'), 'open', 'error')),
    door('EventSource', () => heard(new EventSource(here + '/leak-events'), 'open', 'error')),
    door('WebTransport', () => new WebTransport('https://127.0.0.1:9/leak').ready),
    door('RTCPeerConnection', () => new RTCPeerConnection() && 'OPEN'),
    door('import of a url', () => import(here + '/leak-import.js')),
    door('import of data', () => import('data:text/javascript,export default 1')),
    door('importScripts', () => { importScripts(here + '/leak-scripts.js'); return 'OPEN' }),
    door('font', () => new FontFace('x', 'url(' + here + '/leak-font)').load()),
    door('nested worker by url', () => heard(new Worker(here + '/leak-worker.js'), 'message', 'error')),
    door('shared worker', () => new SharedWorker(here + '/leak-shared.js') && 'OPEN'),
    door('sendBeacon', () => navigator.sendBeacon(here + '/leak-beacon') ? 'OPEN' : 'blocked'),
    door('cookies', () => document.cookie),
    door('cookieStore', () => cookieStore.getAll()),
    door('localStorage', () => localStorage.getItem('bait')),
    door('indexedDB', () => heard(indexedDB.open('x'), 'success', 'error')),
    door('caches', () => caches.open('x')),
    door('file system', () => navigator.storage.getDirectory()),
    door('locks', () => navigator.locks.request('x', () => 'OPEN')),
    door('parent', () => parent.document),
    door('top navigation', () => { top.location = here + '/leak-top' }),
    door('open', () => open(here + '/leak-open') && 'OPEN'),
    door('nested worker without policy', async () => {
      const inner = new Worker(URL.createObjectURL(new Blob(["fetch('" + here + "/leak-nested').then(() => postMessage('OPEN'), () => postMessage('blocked'))"])))
      return new Promise((tell) => { inner.onmessage = (event) => tell(event.data) })
    }),
  ])
  postMessage(seen)
}
`
