import { expect, type Page } from '@playwright/test'

/** What a person does who talks with a workspace. */
export function chatVerbs(page: Page) {
  const inspector = page.getByRole('region', { name: 'Inspector' })
  const conversation = inspector.getByRole('log', { name: 'Conversation' })
  const turn = (number: number) => conversation.getByRole('article', { name: `Turn ${number}`, exact: true })
  const words = (name: string) => inspector.getByRole('textbox', { name: `Say something to ${name}` })

  async function openChat(name: string): Promise<void> {
    await inspector.getByRole('tab', { name: 'Chat' }).click()
    await expect(words(name)).toBeVisible()
  }

  async function say(name: string, text: string): Promise<void> {
    await words(name).fill(text)
    await words(name).press('Enter')
    await expect(words(name)).toHaveValue('', { timeout: 20_000 })
  }

  return { conversation, turn, words, openChat, say }
}
