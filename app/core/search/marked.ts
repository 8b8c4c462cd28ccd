/** A piece of text; `hit`: it is what was typed. */
export interface Piece {
  text: string
  hit: boolean
}

/** Cuts a text where it meets what was typed: its words, and its digits however they were grouped. */
export function marked(text: string, typed: string): Piece[] {
  const hits = new Array<boolean>(text.length).fill(false)
  const folded = fold(text)
  for (const needle of needlesOf(typed)) {
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + needle.length)) {
      hits.fill(true, at, at + needle.length)
    }
  }
  return piecesOf(text, hits)
}

function needlesOf(typed: string): string[] {
  const words = fold(typed).split(/\s+/)
  const digits = typed.replace(/\D/g, '').replace(/^[78](?=\d{4})/, '')
  const number = /^\+?[\d\s().-]+$/.test(typed.trim()) ? [digits] : []
  return [...words, ...number].filter(Boolean)
}

/** Letters that people take for one; a folded text is as long as it was. */
export function fold(text: string) {
  return [...text].map((letter) => lower(letter).replace('ё', 'е')).join('')
}

/** A letter whose small form is longer stays as it is. */
function lower(letter: string) {
  const small = letter.toLowerCase()
  return small.length === letter.length ? small : letter
}

function piecesOf(text: string, hits: boolean[]): Piece[] {
  const pieces: Piece[] = []
  for (let from = 0, to = 0; from < text.length; from = to) {
    while (to < text.length && hits[to] === hits[from]) to += 1
    pieces.push({ text: text.slice(from, to), hit: hits[from] })
  }
  return pieces
}
