import { describe, expect, test } from 'vitest'
import { checkOrg } from './check-org.ts'
import { effectiveWorkspace, type PromptFiles } from './effective.ts'

type Given = { defaults?: object; workspace?: object; files?: PromptFiles; defaultFiles?: PromptFiles; env?: string[] }

function effective({ defaults = {}, workspace = {}, files = {}, defaultFiles = {}, env = [] }: Given) {
  const checked = checkOrg({ name: 'Org', defaults, workspaces: [{ name: 'A', ...workspace }] })
  expect(checked.errors).toEqual([])
  const [first] = checked.workspaces
  if (!first || !checked.head) throw new Error('the workspace does not hold')
  const org = { head: checked.head, defaults: checked.defaults, defaultPrompts: defaultFiles }
  return effectiveWorkspace(org, { workspace: first, prompts: files, envNames: new Set(env) })
}

describe('the values in force', () => {
  test('fall back as the older system did', () => {
    expect(effective({})).toMatchObject({
      runtime: 'langgraph',
      model: 'anthropic:claude-opus-4-7',
      fallbackModels: [],
      tier: 2,
      idleIntervalSeconds: 600,
      workspaceAccess: 'none',
      maxConcurrentTasks: 1,
    })
    expect(effective({ workspace: { runtime: 'claude-code' } }).model).toBe('sonnet')
    expect(effective({ defaults: { runtime: 'claude-code' }, workspace: { runtime: 'langgraph' } }).model).toBe(
      'anthropic:claude-opus-4-7',
    )
  })

  test('are the own ones over the defaults', () => {
    expect(effective({ defaults: { model: ['opus', 'haiku'] } })).toMatchObject({
      model: 'opus',
      fallbackModels: ['haiku'],
    })
    const defaults = { runtime: 'claude-code', model: 'opus', tier: 3, idle_interval_seconds: 900 }
    expect(effective({ defaults })).toMatchObject({ runtime: 'claude-code', model: 'opus', tier: 3 })
    expect(effective({ defaults, workspace: { model: 'haiku', tier: 1 } })).toMatchObject({ model: 'haiku', tier: 1 })
  })

  test('a schedule runs in UTC and is enabled unless it says otherwise', () => {
    const schedules = [
      { name: 'daily', cron_expr: '0 9 * * *', prompt: 'Go.' },
      { name: 'off', cron_expr: '0 9 * * 1-5', timezone: 'Europe/Berlin', prompt_file: 'x.md', enabled: false },
    ]
    expect(effective({ workspace: { schedules }, files: { schedules: [undefined, 'From file'] } }).schedules).toEqual([
      { name: 'daily', cron: '0 9 * * *', timezone: 'UTC', prompt: 'Go.', isEnabled: true },
      { name: 'off', cron: '0 9 * * 1-5', timezone: 'Europe/Berlin', prompt: 'From file', isEnabled: false },
    ])
  })

  test('a prompt is the inline one, then the own file, then the default inline, then the default file', () => {
    const all: Given = {
      defaults: { initial_prompt: 'default' },
      workspace: { initial_prompt: 'own' },
      files: { initialPrompt: 'own file' },
      defaultFiles: { initialPrompt: 'default file' },
    }
    expect(effective(all).initialPrompt).toBe('own')
    expect(effective({ ...all, workspace: {} }).initialPrompt).toBe('own file')
    expect(effective({ ...all, workspace: {}, files: {} }).initialPrompt).toBe('default')
    expect(effective({ ...all, workspace: {}, files: {}, defaults: {} }).initialPrompt).toBe('default file')
    expect(effective({}).initialPrompt).toBe('')
  })

  test('a channel says which of its references no .env file gives', () => {
    const channels = [{ type: 'telegram', config: { bot_token: `\${BOT_TOKEN}`, chat_id: `\${CHAT_ID}`, price: '$5' } }]
    expect(effective({ workspace: { channels }, env: ['CHAT_ID'] }).channels).toEqual([
      {
        type: 'telegram',
        config: { bot_token: `\${BOT_TOKEN}`, chat_id: `\${CHAT_ID}`, price: '$5' },
        allowedUsers: [],
        isEnabled: true,
        missing: ['BOT_TOKEN'],
      },
    ])
  })
})
