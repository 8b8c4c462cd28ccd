/** JSON for a response header: a character above U+00FF there would end the process, so all but ASCII is escaped. */
export function headerJson(value: unknown) {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped)
}

function escaped(character: string) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
