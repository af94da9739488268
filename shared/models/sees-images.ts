/** Families of models that take pictures, by what their name begins with or holds; of others nobody says they do. */
const seeing: readonly RegExp[] = [
  /(^|[./])claude-(3|sonnet|opus|haiku|[4-9])/,
  /^(gpt-4o|gpt-4\.1|gpt-4-turbo|gpt-[5-9]|chatgpt-4o|o1(-20|$)|o3(-20|-pro|$)|o4-mini)/,
  /^gemini-(1\.5|2|3)/,
  /^(pixtral|mistral-(medium|small)-(2[5-9]|latest))/,
  /llama-4|llama3\.2-vision|llama-3\.2-(11b|90b)-vision|llava|gemma-?3|qwen2?\.?5?-?vl|grok-(2-vision|4)/,
  /amazon\.nova-(lite|pro|premier)/,
]

/** Does a model, by its full name, take pictures? */
export function seesImages(model: string): boolean {
  const name = model.slice(model.indexOf(':') + 1).toLowerCase()
  // Doors to many makers name the maker too: anthropic/claude-…
  const bare = name.slice(name.lastIndexOf('/') + 1)
  return seeing.some((family) => family.test(bare))
}

const signs: readonly (readonly [type: string, isIt: (bytes: Uint8Array) => boolean])[] = [
  ['image/png', (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', (bytes) => begins(bytes, [0xff, 0xd8, 0xff])],
  ['image/gif', (bytes) => begins(bytes, [0x47, 0x49, 0x46, 0x38])],
  [
    'image/webp',
    (bytes) => begins(bytes, [0x52, 0x49, 0x46, 0x46]) && begins(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50]),
  ],
]

/** What kind of picture these bytes are, whatever somebody calls them; undefined for what models take as none. */
export function imageTypeOf(bytes: Uint8Array): string | undefined {
  return signs.find(([, isIt]) => isIt(bytes))?.[0]
}

export function isImageType(mediaType: string): boolean {
  return signs.some(([type]) => type === mediaType)
}

function begins(bytes: Uint8Array, sign: readonly number[]): boolean {
  return sign.every((byte, at) => bytes[at] === byte)
}
