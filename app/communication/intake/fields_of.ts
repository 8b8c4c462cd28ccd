/** Blocks of `Name: value` as reports of mail servers hold them: names in lower case, folded lines joined. */
export function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const found = /^([\w-]+)\s*:\s*(.*)$/.exec(line)
    if (found && !fields.has(found[1].toLowerCase())) fields.set(found[1].toLowerCase(), found[2].trim())
  }
  return fields
}

export function blocksOf(part: string): Map<string, string>[] {
  return part
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsOf)
    .filter((fields) => fields.size)
}

/** `rfc822; User@example.com`, `<user@example.com>` and bare ones alike; in lower case. */
export function addressIn(value: string | undefined): string | null {
  const found = /([^\s<>;,"]+@[^\s<>;,"]+)/.exec(value?.replace(/^\s*(rfc822|utf-8)\s*;/i, '') ?? '')
  return found ? unescaped(found[1].replace(/[:.)\]]+$/, '')).toLowerCase() : null
}

/** xtext of RFC 3461: `user+2Btag@example.com`. */
function unescaped(address: string) {
  return address.replace(/\+([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
}
