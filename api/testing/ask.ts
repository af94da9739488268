import { type IncomingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string }
export type Question = { method?: string; headers?: Record<string, string>; body?: string }

/** One HTTP request in which every header can be set, also those that `fetch` keeps for itself (Host, Origin, Sec-…). */
export function ask(url: string, { method = 'GET', headers = {}, body }: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (response) => {
      const { statusCode = 0, headers: answered } = response
      if (answered['content-type']?.startsWith('text/event-stream')) {
        response.destroy()
        return resolve({ status: statusCode, headers: answered, body: '' })
      }
      text(response).then((read) => resolve({ status: statusCode, headers: answered, body: read }), reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
