import { type Boot, defaultLimits, type Sandbox } from '../sandbox.ts'
import { createCompiler } from './compile.ts'
import { openFrame } from './frame-link.ts'
import { createFrameSession } from './frame-session.ts'

export type FrameWorkerOptions = {
  readonly frameUrl: string
  /** Where the parts of Python are. */
  readonly pythonUrl?: string
  /** The empty page that previews are drawn in. */
  readonly previewUrl?: string
  readonly bootTimeoutMs?: number
}

/**
 * The embedded default: an opaque-origin frame with a worker for each run. No network, no storage, no page; of
 * Node small stand-ins; stopping means ending the worker, so even an endless loop stops.
 */
export function createFrameWorker(options: FrameWorkerOptions): Sandbox {
  const { frameUrl, pythonUrl = '/python', previewUrl = '/sandbox-preview', bootTimeoutMs = 10_000 } = options
  return {
    name: 'frame-worker',
    capabilities: {
      languages: ['typescript', 'javascript', 'python'],
      multiFile: true,
      processes: true,
      shims: true,
      memoryLimit: false,
      exactColumns: true,
      tellsRejections: true,
      network: false,
      terminal: false,
      preview: true,
      isolation: 'A worker inside a frame with an origin of its own: no network, no storage, no access to this page.',
    },
    async probe() {
      if (typeof document !== 'undefined' && typeof Worker !== 'undefined') return { state: 'available' }
      return { state: 'unavailable', reason: 'It needs a browser page with web workers.' }
    },
    async boot(given): Promise<Boot> {
      const opened = await openFrame(frameUrl, bootTimeoutMs)
      if (opened.state === 'failed') return { state: 'unavailable', reason: opened.reason }
      const limits = { ...defaultLimits, ...given?.limits }
      const compiler = createCompiler('worker')
      return { state: 'ready', session: createFrameSession(opened.link, { limits, compiler, pythonUrl, previewUrl }) }
    },
  }
}
