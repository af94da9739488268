import { type APIRequestContext, expect } from '@playwright/test'

export type Listed = { workspaces: { id: string; name: string }[] }

/** Asks the server past the page, as the person of this browser: for what a journey needs and is not about. */
export function serverVerbs(request: APIRequestContext, origin: string) {
  async function read<T>(path: string, input: object): Promise<T> {
    const answer = await request.get(`${origin}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
    const body: { result: { data: T } } = await answer.json()
    return body.result.data
  }

  async function act<T>(path: string, data: object): Promise<T> {
    const answer = await request.post(`${origin}/api/trpc/${path}`, { data, headers: { origin } })
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
    const body: { result: { data: T } } = await answer.json()
    return body.result.data
  }

  return { read, act }
}
