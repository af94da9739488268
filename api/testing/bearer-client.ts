import { type Answer, ask, type Question } from './ask.ts'

/** Asks a running server with a key or a token; `url` is asked for at each call, for it is known once the server runs. */
export function bearerClient(url: () => string) {
  const at = (path: string, question?: Question) => ask(`${url()}${path}`, question)
  const send = (path: string, token: string, body: unknown, headers: Record<string, string> = {}) =>
    at(path, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const read = (path: string, token: string, headers: Record<string, string> = {}) =>
    at(path, { headers: { ...bearer(token), ...headers } })
  const call = (name: string, token: string, input: unknown) => send(`/api/trpc/${name}`, token, input)
  const query = (name: string, token: string, input: unknown) =>
    read(`/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, token)
  return { at, send, read, call, query }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
/** What a procedure gave. */
export const dataOf = (answer: Answer) => JSON.parse(answer.body).result.data
/** How it refused. */
export const errorOf = (answer: Answer) => JSON.parse(answer.body).error.data.appError
