/** One call of `/api/account/…`; throws what `readProblem` reads. */
export async function postAccount<T = { ok: true }>(path: string, body: object = {}): Promise<T> {
  return await answerOf(
    fetch(`/api/account/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )
}

export async function getAccount<T>(path: string): Promise<T> {
  return await answerOf(fetch(`/api/account${path}`))
}

async function answerOf<T>(asked: Promise<Response>): Promise<T> {
  const answer = await asked
  if (answer.ok) return await answer.json()
  const refusal: { error?: { data?: unknown } } = await answer.json().catch(() => ({}))
  throw Object.assign(new Error('refused'), { data: refusal.error?.data ?? {} })
}
