import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'

const languages = ['ru', 'en'] as const
type Language = (typeof languages)[number]

const words = (language: Language) => i18nManager.getTranslationsFor(language)

/** A sentence with every value being this number, and the names of the values that it asked for. */
function said(language: Language, key: string, number: number) {
  const asked = new Set<string>()
  const values = new Proxy(
    { number },
    {
      has: () => true,
      get: (_, name) => {
        if (typeof name === 'string' && name !== 'constructor') asked.add(name)
        return number
      },
    }
  )
  const sentence = i18nManager.locale(language).t(key, values)
  return { sentence, asked: [...asked].filter((name) => new RegExp(`\\{\\s*${name}\\b`).test(words(language)[key])) }
}

const COUNTS = [0, 1, 2, 5, 21]
const withoutNumbers = (sentence: string) => sentence.replace(/[\d\s\u00a0]+/g, ' ')

test.group('Words of both languages', () => {
  test('X-05 a sentence asks for the same values in both languages', ({ assert }) => {
    const different = Object.keys(words('en')).flatMap((key) => {
      const [ru, en] = languages.map((language) => [...new Set(COUNTS.flatMap((count) => said(language, key, count).asked))].sort().join(', '))
      return ru === en ? [] : [`${key}: ru asks for ${ru || 'nothing'}, en for ${en || 'nothing'}`]
    })
    assert.deepEqual(different, [])
  })

  test('X-05 plurals: 21 is said as 1 in Russian and as 2 in English, and every count has its words: {$self}')
    .with([...languages])
    .run(({ assert }, language) => {
      const plurals = Object.keys(words(language)).filter((key) => /,\s*plural\s*,/.test(words(language)[key]))
      assert.isAbove(plurals.length, 5)
      const wrong = plurals.filter((key) => {
        const [one, two, many, twentyOne] = [1, 2, 5, 21].map((count) => withoutNumbers(said(language, key, count).sentence))
        if (language === 'en') return two !== many || many !== twentyOne
        return one !== twentyOne
      })
      assert.deepEqual(wrong, [])
    })

  test('X-05 a number never stands beside a word that should follow it: {$self}')
    .with([...languages])
    .run(({ assert }, language) => {
      const counted = /\{(count|number|total|rows|lines|days|hours|minutes|seconds|max|min|size|places)\}\s+\p{L}{3,}/u
      const stiff = Object.entries(words(language)).filter(([, sentence]) => counted.test(sentence.replace(/\{\w+, (plural|select)[^]*\}/, '')))
      assert.deepEqual(stiff.map(([key, sentence]) => `${key}: ${sentence}`), [])
    })

  test('X-05 no sentence is empty, doubled in its spaces, or left in the other language: {$self}')
    .with([...languages])
    .run(({ assert }, language) => {
      const foreign = language === 'ru' ? /^[^\p{Script=Cyrillic}]*$/u : /\p{Script=Cyrillic}/u
      const wrong = Object.entries(words(language)).filter(([key, sentence]) => {
        if (!sentence.trim() || / {2}|^ | $/.test(sentence)) return true
        return foreign.test(language === 'en' ? sentence.replace('Русский', '') : sentence) && !isName(sentence, key)
      })
      assert.deepEqual(wrong.map(([key, sentence]) => `${key}: ${sentence}`), [])
    })

  test('calls the people whom the shop serves by one word: {$self}')
    .with([...languages])
    .run(({ assert }, language) => {
      const others = language === 'ru' ? /пользовател|покупател/i : /\b(users?|buyers?|shoppers?)\b/i
      const mixed = Object.entries(words(language)).filter(([, sentence]) => others.test(sentence.replaceAll('X-User', '')))
      assert.deepEqual(mixed.map(([key, sentence]) => `${key}: ${sentence}`), [])
    })
})

/** What is written alike in every language: names, formats, examples, a bare number or sign. */
function isName(sentence: string, key: string) {
  const bare = sentence.replace(/\{[^{}]*\}/g, '')
  if (!/\p{L}/u.test(bare)) return true
  return names.includes(bare.trim()) || /^[A-Z0-9 .,/+-]+$/.test(bare) || key.endsWith('.otherLanguage')
}

const names = ['Message-ID', 'English', 'Id', 'Email', 'Telegram', 'WhatsApp', 'Viber', 'Push', 'Tessera', 'MJML', 'Ctrl+K', 'Esc', 'Enter', 'UTF-8', 'Latin-1', 'Windows-1251']
