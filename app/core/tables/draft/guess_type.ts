import { fieldTypes, InvalidValue, named, decimal, type Field, type Reader } from '#core/objects'

const parsedAs = (type: string): Field => named('', 'cell', { ...decimal(), type: fieldTypes.find(({ name }) => name === type)!, scale: 6 })

const WORDS = /^(true|false|yes|no|да|нет)$/i
/** Codes, phones and cards are made of digits, and are no numbers: nobody adds them up, and a zero at their head counts. */
const NUMBER = /^[+-]?(0|[1-9]\d{0,8})$/
const DECIMAL = /^[+-]?(0|[1-9][\d\s\u00a0\u202f]{0,14})([.,]\d{1,6})?$/
const LONG = 300

interface Guess {
  type: string
  fits: (cell: string, reader: Reader) => boolean
}

/** From the particular to the general; what no row fits is text. */
const guesses: Guess[] = [
  { type: 'flag', fits: (cell) => WORDS.test(cell) },
  { type: 'integer', fits: (cell) => NUMBER.test(cell) },
  { type: 'decimal', fits: (cell) => DECIMAL.test(cell) },
  { type: 'date', fits: (cell, reader) => !/\d[T ]\d/.test(cell) && reads(cell, 'date', reader) },
  { type: 'datetime', fits: (cell, reader) => reads(cell, 'datetime', reader) },
]

/** The type that every filled cell of a column fits. */
export function guessType(cells: string[], reader: Reader): string {
  const filled = cells.map((cell) => cell.trim()).filter(Boolean)
  if (!filled.length) return 'text'
  const guess = guesses.find(({ fits }) => filled.every((cell) => fits(cell, reader)))
  if (guess) return guess.type
  return filled.some((cell) => cell.length > LONG || /[\r\n]/.test(cell)) ? 'longText' : 'text'
}

function reads(cell: string, type: string, reader: Reader) {
  try {
    const field = parsedAs(type)
    field.type.parse(cell, field, reader)
    return true
  } catch (error) {
    if (error instanceof InvalidValue) return false
    throw error
  }
}

/** How people head a column by which rows are told apart. */
const KEY = /(^|[^a-z])(id|code|key|sku|uuid|vin|number|no|ean)$|код|номер|артикул|ключ|штрих/i

/** It is called a key, no two cells are alike and none is empty. A wrong guess would make one row of two, so a name alone says nothing. */
export function guessTellsApart(column: string, cells: string[], type: string): boolean {
  const filled = cells.filter(Boolean)
  const unique = filled.length === cells.length && new Set(filled).size === filled.length && filled.length > 0
  return KEY.test(column.trim()) && unique && ['text', 'integer'].includes(type)
}
