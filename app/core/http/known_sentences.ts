import { configProvider } from '@adonisjs/core'
import { formatters } from '@adonisjs/i18n'
import { type TranslationsFormatterContract } from '@adonisjs/i18n/types'

/**
 * ICU messages, of which those without values (most words of a page) are read once and not at every place where they stand: that was
 * a third of what drawing a list costs.
 */
export const icuOnce = configProvider.create(async (app) => {
  const icu = await formatters.icu().resolver(app)
  return (config: Parameters<typeof icu>[0]) => remembering(icu(config))
})

function remembering(formatter: TranslationsFormatterContract): TranslationsFormatterContract {
  const known = new Map<string, string>()
  return {
    name: formatter.name,
    format(message, locale, data) {
      if (data && Object.keys(data).length) return formatter.format(message, locale, data)
      const key = `${locale}\n${message}`
      const sentence = known.get(key) ?? formatter.format(message, locale)
      known.set(key, sentence)
      return sentence
    },
  }
}
