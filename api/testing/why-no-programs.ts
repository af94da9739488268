import { chooseServerSandbox } from '#sandbox/server/choose.ts'

/** Why programs of agents cannot run on this machine in any language; undefined where they can. */
export async function whyNoPrograms(): Promise<string | undefined> {
  const choice = await chooseServerSandbox()
  if (choice.state === 'none') return choice.reason
  return choice.sandbox.capabilities.processes ? undefined : choice.why
}
