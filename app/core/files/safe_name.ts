const LONGEST = 150
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu

/** The last part of a path without characters that hide or turn what is written; never empty. */
export function safeName(name: string) {
  const last = name.split(/[\\/]/).pop()!.replace(UNSEEN, '').trim()
  return shortened(last) || 'file'
}

/** The ending says what it is, so the middle goes. */
function shortened(name: string) {
  const letters = [...name]
  if (letters.length <= LONGEST) return name
  return [...letters.slice(0, LONGEST - 20), '…', ...letters.slice(-19)].join('')
}
