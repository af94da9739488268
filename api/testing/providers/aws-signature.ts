import { createHash, createHmac } from 'node:crypto'

type Asked = {
  method: string
  /** As it stood on the wire. */
  path: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: string
}

/**
 * AWS's Signature Version 4 of a request, computed from what came over the wire and the secret: by their document, and apart
 * from the library that signs. The query is left out; our calls have none.
 */
export function signatureOf({ method, path, headers, body }: Asked, secret: string): string {
  const [, scope = '', signed = ''] =
    /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+),/.exec(String(headers.authorization)) ?? []
  const [date = '', region = '', service = ''] = scope.split('/')
  const names = signed.split(';')
  const canonical = [
    method,
    // Each segment of the path as sent is encoded once more, for every service but S3.
    path.split('/').map(encodeRfc3986).join('/'),
    '',
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    headers['x-amz-content-sha256'] ?? sha256(body),
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(
    (last, part) => hmac(last, part),
    `AWS4${secret}`,
  )
  return hmac(key, toSign).toString('hex')
}

function encodeRfc3986(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
