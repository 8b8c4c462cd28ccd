import i18n from '@adonisjs/i18n/services/main'

/** Words in both languages; where the English ones are missing, the Russian ones stand in. */
export interface Words {
  ru: string
  en?: string | null
}

const languages = ['ru', 'en'] as const

/** What each owner said, and what stood there before. */
const spoken = new Map<string, { language: string; key: string; before?: string }[]>()

/**
 * Adds what an administrator called things to the words of the language files, under the keys that code looks for by convention
 * (`user.fields.car`), so that no page needs to know who named a field. What an owner said before is taken back.
 */
export function speak(owner: string, words: Map<string, Words>) {
  for (const { language, key, before } of spoken.get(owner)?.reverse() ?? []) {
    const known = i18n.getTranslationsFor(language)
    if (before === undefined) delete known[key]
    else known[key] = before
  }
  const said = languages.flatMap((language) =>
    [...words].map(([key, { ru, en }]) => {
      const known = i18n.getTranslationsFor(language)
      const before = known[key]
      known[key] = asMessage((language === 'en' && en) || ru)
      return { language, key, before }
    })
  )
  spoken.set(owner, said)
}

/** What a key says in a language, whoever said it. */
export const said = (key: string, language: 'ru' | 'en') => i18n.locale(language).t(key)

/** Words of people are no ICU patterns: "{50%}" means itself. */
const asMessage = (words: string) => words.replace(/'/g, "''").replace(/[{}<>#|]+/g, (signs) => `'${signs}'`)
