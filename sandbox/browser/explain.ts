import type { Capabilities, Language } from '../sandbox.ts'

/** Something the place where the code runs has not, and who would have it. */
export type Lack = { readonly what: LackName; readonly words: string }

type LackName = 'network' | 'packages' | 'node' | 'terminal' | 'preview' | 'memory' | 'columns'

/** Where the code could run, as far as the explanation needs it. */
export type Place = { readonly name: string; readonly capabilities: Capabilities }

const languageNames: Readonly<Record<Language, string>> = {
  typescript: 'TypeScript',
  javascript: 'JavaScript',
  python: 'Python',
}

/** Why a language runs where it does, among the places that were asked, the first of which is preferred. */
export function whyHere(chosen: Place, asked: readonly Place[], language: Language): string {
  const of = languageNames[language]
  const { network, languages } = chosen.capabilities
  const preferred = asked[0]
  if (preferred !== undefined && preferred.name !== chosen.name) {
    return `${preferred.name} run no ${of}. The ${chosen.name} is built in, has it, and sends your code nowhere.`
  }
  if (network === true) {
    return `This server offers ${chosen.name}, and their host answered: ${of} runs in a whole Node with npm, a terminal and previews.`
  }
  const alone = asked.length === 1 && languages.length > 1
  return `It is built in, starts in a moment and sends your code nowhere.${alone ? ` It runs ${of} as well as all else here.` : ''}`
}

/** What the place lacks for this language; each in a sentence that names who would give it. */
export function lacksOf({ capabilities }: Place, language: Language): readonly Lack[] {
  return names.flatMap((what) => {
    const { isMissing, nothing, givers } = lacks[what]
    if (!isMissing(capabilities, language)) return []
    return [{ what, words: `${nothing}: ${givers[isScript(language) ? 'script' : 'python']}` }]
  })
}

type Rule = {
  readonly isMissing: (capabilities: Capabilities, language: Language) => boolean
  readonly nothing: string
  readonly givers: Readonly<Record<'script' | 'python', string>>
}

const names: readonly LackName[] = ['network', 'packages', 'node', 'terminal', 'preview', 'memory', 'columns']
const isScript = (language: Language) => language !== 'python'

const lacks: Readonly<Record<LackName, Rule>> = {
  network: {
    isMissing: ({ network }) => network === false,
    nothing: 'No network',
    givers: {
      script: 'WebContainers reach it; run_code on the server reaches the hosts its organisation allowed.',
      python: 'run_code on the server reaches the hosts its organisation allowed.',
    },
  },
  packages: {
    isMissing: ({ terminal }, language) => !terminal || !isScript(language),
    nothing: 'No packages',
    givers: {
      script: 'WebContainers have npm. Your own files can be imported here.',
      python: 'only the standard library is here; nothing in a browser has more for it yet.',
    },
  },
  node: {
    isMissing: ({ shims }, language) => shims === true && isScript(language),
    nothing: 'Of Node only small stand-ins',
    givers: {
      script: 'WebContainers and run_code on the server have all of it. What is lacking says so by its name.',
      python: '',
    },
  },
  terminal: {
    isMissing: ({ terminal }) => !terminal,
    nothing: 'No terminal',
    givers: { script: 'WebContainers have a shell.', python: 'nothing in a browser has one for Python.' },
  },
  preview: {
    isMissing: ({ preview, terminal }, language) => !preview || (!isScript(language) && !terminal),
    nothing: 'No preview',
    givers: {
      script: 'the frame-worker and WebContainers show what the code serves.',
      python: 'in JavaScript and TypeScript what the code serves is shown.',
    },
  },
  memory: {
    isMissing: ({ memoryLimit }) => !memoryLimit,
    nothing: 'No memory limit but the browser’s own',
    givers: {
      script: 'run_code on the server counts it.',
      python: 'run_code on the server counts it.',
    },
  },
  columns: {
    isMissing: ({ exactColumns }) => !exactColumns,
    nothing: 'Errors name the line, not the column',
    givers: {
      script: 'the frame-worker and WebContainers name both.',
      python: 'the frame-worker names both.',
    },
  },
}
