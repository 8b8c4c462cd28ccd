import i18nManager from '@adonisjs/i18n/services/main'
import { problemStatuses } from '#core/http'
import { worded, type Reader } from '#core/objects'

export interface ProblemRow {
  code: string
  status: number
  title: string
  detail: string
}

/** Of pages alone: no program meets them. */
const ONLY_PAGES = ['signIn', 'expiredPage', 'foreignOrigin', 'onlyLooking', 'forbidden']

/** Every code that an answer may have, in its words: what any call may meet, and each rule of a section. */
export function problemRows(reader: Reader): ProblemRow[] {
  const common = [...problemStatuses]
    .filter(([code]) => !ONLY_PAGES.includes(code))
    .map(([code, status]) => ({ code, status, title: reader.t(`errors.${code}.title`), detail: worded(reader, `errors.${code}.detail`) ?? '' }))
  return [...common.sort((a, b) => a.status - b.status), ...ruleRows(reader)]
}

/** Rules are told by their own sentences, which name what they are about in braces. */
function ruleRows(reader: Reader): ProblemRow[] {
  const words = i18nManager.getTranslationsFor(reader.locale)
  return Object.entries(words)
    .filter(([key]) => key.startsWith('refusals.'))
    .map(([key, detail]) => ({ code: key.slice('refusals.'.length), status: 422, title: reader.t('errors.refused.title'), detail }))
    .filter(({ code }) => !code.includes('.'))
}
