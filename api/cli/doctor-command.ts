import { defineCommand } from 'citty'
import { describeFindings, runDoctor } from './doctor.ts'

export const doctorCommand = defineCommand({
  meta: { name: 'doctor', description: 'Look at every prerequisite and say how to put right what is missing.' },
  args: {
    port: { type: 'string', default: '7410', description: 'The port the server would take' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
    json: { type: 'boolean', default: false, description: 'Print the findings as one JSON line' },
  },
  async run({ args }) {
    const { DATABASE_URL: databaseUrl } = process.env
    const dataDir = args['data-dir']
    const findings = await runDoctor({
      port: Number(args.port),
      ...(dataDir !== undefined && { dataDir }),
      ...(databaseUrl && { databaseUrl }),
    })
    console.log(args.json ? JSON.stringify(findings) : describeFindings(findings))
    process.exitCode = findings.some(({ ok, needed }) => needed && !ok) ? 1 : 0
  },
})
