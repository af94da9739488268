import { z } from 'zod'

const Words = z.string().min(1).max(4_000)

/** One answer of the rehearsal model. Placeholders, filled in literally: {task}, {results}, {result:Name}. */
export const RehearsalTurn = z
  .strictObject({
    say: Words.optional().describe('Words said before the calls of this turn.'),
    delegate: z
      .array(
        z.strictObject({
          to: z.string().min(1).max(80).describe('Name of a peer on the org chart.'),
          task: Words,
          async: z.boolean().default(false).describe('True: go on at once instead of waiting for the answer.'),
        }),
      )
      .min(1)
      .max(20)
      .optional()
      .describe('Parts of the task handed to peers, all at once.'),
    call: z
      .array(
        z.strictObject({
          tool: z.string().min(1).max(120).describe('Name of any tool the workspace may use.'),
          args: z.record(z.string(), z.json()).default({}).describe('Its arguments by name.'),
        }),
      )
      .min(1)
      .max(20)
      .optional()
      .describe('Tools called with these arguments; placeholders are filled in texts.'),
    message_user: Words.optional().describe('A message to the person who gave the work.'),
    delay_ms: z.int().min(0).max(600_000).optional().describe('How long the answer takes, like a real model would.'),
    answer: Words.optional().describe('The final answer; ends the delegation.'),
    fail: Words.optional().describe('The model call fails with these words.'),
    loop: z.boolean().optional().describe('Repeats this turn until the step limit.'),
  })
  .refine((turn) => !(turn.answer && (turn.delegate || turn.call || turn.message_user || turn.loop)), {
    message: 'An answer ends the work: put calls into a turn before it.',
    path: ['answer'],
  })
export type RehearsalTurn = z.infer<typeof RehearsalTurn>

const When = z.strictObject({
  includes: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(20)
    .optional()
    .describe('Matches a task that holds all of these, in any case.'),
  always: z.literal(true).optional().describe('Matches every task.'),
})

export const RehearsalPart = z.strictObject({
  workspace: z.string().min(1).max(80).describe('Name of the workspace that plays this part.'),
  when: When.refine((when) => Boolean(when.includes) !== Boolean(when.always), 'Say either includes or always.'),
  turns: z.array(RehearsalTurn).min(1).max(50),
})
export type RehearsalPart = z.infer<typeof RehearsalPart>

/** rehearsal.yaml beside an org.yaml: what the rehearsal model says and does. The first part that matches is played. */
export const RehearsalScript = z.strictObject({
  version: z.literal(1),
  scripts: z.array(RehearsalPart).max(200),
  opening: z
    .strictObject({ workspace: z.string().min(1).max(80), task: z.string().min(1).max(4_000) })
    .optional()
    .describe('The work a demo organisation starts with.'),
})
export type RehearsalScript = z.infer<typeof RehearsalScript>

/** The parts a workspace may play, in the order of the script. */
export function partsOf(script: RehearsalScript, workspace: string): RehearsalPart[] {
  return script.scripts.filter((part) => sameName(part.workspace, workspace))
}

export function findPart(parts: readonly RehearsalPart[], task: string): RehearsalPart | undefined {
  const said = task.toLowerCase()
  return parts.find(({ when }) => when.always || when.includes?.every((word) => said.includes(word.toLowerCase())))
}

export function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}
