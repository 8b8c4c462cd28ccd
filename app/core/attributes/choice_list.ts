import { InvalidValue } from '#core/objects'
import { codeOf } from './code_of.js'

export interface ChoiceValue {
  code: string
  label: string
  labelEn?: string
}

const MOST_VALUES = 200
const LONGEST = 100
const LINE = /^(?:([A-Za-z0-9_-]{1,40})\s*=\s*)?([^|]*?)\s*(?:\|\s*([^|]*?)\s*)?$/

/**
 * A list of values as an administrator writes it, one a line: `Gold`, `gold = Золото | Gold`. A line without a code gets one from
 * its words. Throws `InvalidValue`.
 */
export function readChoices(text: string): ChoiceValue[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean)
  if (!lines.length) throw new InvalidValue('required')
  if (lines.length > MOST_VALUES) throw new InvalidValue('tooManyChoices', { max: MOST_VALUES })
  const values = lines.map(readLine)
  values.forEach(({ code }, index) => {
    if (values.findIndex((other) => other.code.toLowerCase() === code.toLowerCase()) < index) {
      throw new InvalidValue('choiceTwice', { value: code })
    }
  })
  return values
}

function readLine(line: string): ChoiceValue {
  const [, code, label, labelEn] = LINE.exec(line) ?? []
  if (!label) throw new InvalidValue('choiceLine', { line: line.slice(0, LONGEST) })
  if (Math.max(label.length, labelEn?.length ?? 0) > LONGEST) throw new InvalidValue('tooLong', { max: LONGEST })
  return { code: code ?? codeOf(label, 'value'), label, ...(labelEn ? { labelEn } : {}) }
}

/** The same list with every code said, so that words may change and values stay. */
export function writeChoices(values: ChoiceValue[]): string {
  return values.map(({ code, label, labelEn }) => `${code} = ${label}${labelEn ? ` | ${labelEn}` : ''}`).join('\n')
}
