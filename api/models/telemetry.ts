import type { Attributes, Span, Tracer } from '@opentelemetry/api'

/** Where spans of model calls go. Off unless the operator says so; contents only where asked for, and masked then too. */
export type TelemetrySettings = { url: string; headers: Record<string, string>; showsContents: boolean }

export type Telemetry = { tracer: Tracer; showsContents: boolean; stop(): Promise<void> }

type Env = Readonly<Record<string, string | undefined>>

/** Throws in words where what it says cannot be meant. */
export function readTelemetry(env: Env): TelemetrySettings | null {
  const where = env.DELEGRAPH_TRACES
  const showsContents = env.DELEGRAPH_TRACE_CONTENTS === '1'
  if (where === undefined || where === '' || where === 'off') return null
  if (where === 'otlp') {
    const endpoint = bare(env.OTEL_EXPORTER_OTLP_ENDPOINT ?? 'http://127.0.0.1:4318')
    return { url: `${endpoint}/v1/traces`, headers: headersOf(env.OTEL_EXPORTER_OTLP_HEADERS), showsContents }
  }
  if (where === 'langfuse') {
    const { LANGFUSE_PUBLIC_KEY: name, LANGFUSE_SECRET_KEY: secret } = env
    if (!name || !secret)
      throw new Error('DELEGRAPH_TRACES=langfuse needs LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY.')
    const authorization = `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`
    const base = bare(env.LANGFUSE_BASE_URL ?? 'https://cloud.langfuse.com')
    return { url: `${base}/api/public/otel/v1/traces`, headers: { authorization }, showsContents }
  }
  throw new Error(`DELEGRAPH_TRACES is ${where}; it may be otlp, langfuse or off.`)
}

/** Loads what exports spans only where they are wanted. */
export async function openTelemetry(settings: TelemetrySettings): Promise<Telemetry> {
  const [{ OTLPTraceExporter }, { resourceFromAttributes }, { BasicTracerProvider, BatchSpanProcessor }] =
    await Promise.all([
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
    ])
  const { url, headers, showsContents } = settings
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'delegraph' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url, headers }), { scheduledDelayMillis: 1_000 })],
  })
  return { tracer: provider.getTracer('delegraph'), showsContents, stop: () => provider.shutdown() }
}

let opened: Promise<Telemetry | null> | undefined

/** That of this process, by its environment. */
export function telemetry(): Promise<Telemetry | null> {
  opened ??= (async () => {
    const settings = readTelemetry(process.env)
    return settings && (await openTelemetry(settings))
  })()
  return opened
}

/** Sends what is left, within a moment. */
export async function closeTelemetry(): Promise<void> {
  const running = await opened?.catch(() => null)
  opened = undefined
  if (!running) return
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 500)
  })
  await Promise.race([running.stop().catch(() => {}), patience])
  clearTimeout(timer)
}

/** The span of one call by OpenTelemetry's conventions for generative AI. Nothing it does can fail the call. */
export async function traced<T>(
  running: Telemetry | null,
  { model, about }: { model: string; about: Attributes },
  call: () => Promise<T>,
  outcome: (result: T) => Attributes,
): Promise<T> {
  if (!running) return await call()
  const provider = model.includes(':') ? model.slice(0, model.indexOf(':')) : model
  const name = model.slice(model.indexOf(':') + 1)
  // A client's span; the constants of the API are not worth loading it for.
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': providers[provider] ?? provider,
    'gen_ai.request.model': name,
    ...about,
  }
  const span = running.tracer.startSpan(`chat ${name}`, { kind: 2, attributes })
  return await within(span, call, outcome, (error) => {
    span.setAttribute('error.type', error instanceof Error && 'kind' in error ? String(error.kind) : 'error')
    // What went wrong is told in the words of who failed, and may quote what the model had said.
    const words = error instanceof Error ? error.message : String(error)
    span.setStatus(running.showsContents ? { code: 2, message: words } : { code: 2 })
  })
}

/** Ends the span with the call, whichever way that ends. */
export async function within<T>(
  span: Span,
  call: () => Promise<T>,
  outcome: (result: T) => Attributes,
  failed: (error: unknown) => void,
): Promise<T> {
  try {
    const result = await call()
    span.setAttributes(outcome(result))
    return result
  } catch (error) {
    failed(error)
    throw error
  } finally {
    span.end()
  }
}

/** The convention's own names. */
const providers: Readonly<Record<string, string>> = {
  bedrock: 'aws.bedrock',
  google: 'gcp.gemini',
  mistral: 'mistral_ai',
  xai: 'x_ai',
}

function headersOf(list: string | undefined): Record<string, string> {
  const pairs = (list ?? '').split(',').map((pair) => pair.split('='))
  return Object.fromEntries(
    pairs.flatMap(([name, ...value]) =>
      name?.trim() ? [[name.trim(), decodeURIComponent(value.join('=').trim())]] : [],
    ),
  )
}

function bare(url: string): string {
  return url.replace(/\/+$/, '')
}
