/** Any name will do: only whether a path leads away from it is asked. */
const HERE = 'http://here.invalid'

/**
 * The path of an address of this host, or undefined: `//evil.example`, `\\evil.example` and `https:evil.example` all
 * read as paths to a hurried eye.
 */
export function ownPath(address: unknown): string | undefined {
  if (typeof address !== 'string' || !/^\/[\x21-\x7e]*$/.test(address) || !URL.canParse(address, HERE)) return undefined
  const url = new URL(address, HERE)
  return url.origin === HERE && !url.pathname.startsWith('//') ? url.pathname + url.search : undefined
}
