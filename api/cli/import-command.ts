import { defineCommand } from 'citty'
import { refuseUnknown } from './import/refuse-unknown.ts'
import { runImport } from './import.ts'
import { tellProblem } from './tell-problem.ts'

export const importCommand = defineCommand({
  meta: { name: 'import', description: 'Bring an org template (org.yaml and its files) into this machine.' },
  args: {
    dir: { type: 'positional', required: true, description: 'Folder of the template' },
    plan: { type: 'boolean', default: false, description: 'Only say what would be done' },
    json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    org: { type: 'string', description: 'Org to import into; by default the one named like the template' },
    against: { type: 'string', description: 'Org to compare with, by name or id; changes nothing' },
    strict: { type: 'boolean', default: false, description: 'Refuse while required keys are missing' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args, rawArgs }) {
    try {
      refuseUnknown(rawArgs, args._.slice(1), ['plan', 'json', 'org', 'against', 'strict', 'data-dir'])
      const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
      process.exitCode = await runImport(args, installation)
    } catch (error) {
      tellProblem(error)
    }
  },
})
