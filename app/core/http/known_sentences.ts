import { configProvider } from '@adonisjs/core'
import { formatters } from '@adonisjs/i18n'
import { type TranslationsFormatterContract } from '@adonisjs/i18n/types'

type Values = Parameters<TranslationsFormatterContract['format']>[2]

/**
 * ICU messages, each read once and not at every place where it stands: that was a third of what drawing a list costs. Messages without
 * values are most words of a page; those with values mostly hold them as they are, and such are put together here.
 */
export const icuOnce = configProvider.create(async (app) => {
  const icu = await formatters.icu().resolver(app)
  return (config: Parameters<typeof icu>[0]) => remembering(icu(config))
})

function remembering(formatter: TranslationsFormatterContract): TranslationsFormatterContract {
  const known = new Map<string, string>()
  const pieces = new Map<string, string[] | undefined>()

  function withoutValues(message: string, locale: string) {
    const key = `${locale}\n${message}`
    const sentence = known.get(key) ?? formatter.format(message, locale)
    known.set(key, sentence)
    return sentence
  }

  function piecesOf(message: string) {
    if (!pieces.has(message)) pieces.set(message, plain.test(message) ? message.split(/[{}]/) : undefined)
    return pieces.get(message)
  }

  return {
    name: formatter.name,
    format(message, locale, values) {
      if (!values || !Object.keys(values).length) return withoutValues(message, locale)
      return filled(piecesOf(message), values) ?? formatter.format(message, locale, values)
    },
  }
}

/** No plural, no number, no quotes: `Row {id}`. */
const plain = /^[^{}']*(\{\w+\}[^{}']*)+$/

/** Words and names of values by turns; undefined where a value is not plain words or a number, or is missing. */
function filled(pieces: string[] | undefined, values: NonNullable<Values>) {
  if (!pieces?.every((name, index) => index % 2 === 0 || ['string', 'number'].includes(typeof values[name]))) return undefined
  return pieces.map((piece, index) => (index % 2 ? values[piece] : piece)).join('')
}
