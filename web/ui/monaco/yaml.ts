import { configureMonacoYaml, type MonacoYaml, type SchemasSettings } from 'monaco-yaml'
import { monaco } from './monaco.ts'
import YamlWorker from './yaml.worker.ts?worker'

const schemas = new Map<string, { schema: object; names: Set<string> }>()
let service: MonacoYaml | undefined

/** Checks and completes every YAML file of this path's name by the schema, from now on. */
export function attachYamlSchema(path: string, uri: string, schema: object): void {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const known = schemas.get(uri)
  if (known?.schema === schema && known.names.has(name)) return
  schemas.set(uri, { schema, names: new Set([...(known?.names ?? []), name]) })
  const settings: SchemasSettings[] = [...schemas].map(([key, entry]) => ({
    uri: key,
    schema: entry.schema,
    fileMatch: [...entry.names].map((file) => `**/${file}`),
  }))
  if (service) void service.update({ schemas: settings })
  else
    service = configureMonacoYaml(withYamlWorker(), {
      schemas: settings,
      enableSchemaRequest: false,
      // What is wrong is said once, in the words of the server, by whoever gives the text its help.
      validate: false,
      format: { enable: false },
    })
}

type OldWorkerOptions = { createData?: unknown }

/** monaco-yaml asks for its worker the way Monaco took it once: by name, with its start data. Monaco now wants the worker itself. */
function withYamlWorker() {
  const createWebWorker = <T extends object>({ createData }: OldWorkerOptions) => {
    const worker = new YamlWorker()
    worker.postMessage('ignore')
    worker.postMessage(createData)
    return monaco.editor.createWebWorker<T>({ worker: Promise.resolve(worker) })
  }
  return { ...monaco, editor: { ...monaco.editor, createWebWorker } }
}
