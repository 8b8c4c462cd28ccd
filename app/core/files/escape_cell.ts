/** First characters by which a spreadsheet takes a cell for a formula. */
const FORMULA = /^'*[=+\-@\t\r]/
const ESCAPED = /^'+[=+\-@\t\r]/

/** What is written so that a spreadsheet shows it and computes nothing (ASVS 1.2.10). */
export const escapeCell = (cell: string) => (FORMULA.test(cell) ? `'${cell}` : cell)

/** Takes back exactly what `escapeCell` did, so that a phone survives the round trip. */
export const unescapeCell = (cell: string) => (ESCAPED.test(cell) ? cell.slice(1) : cell)
