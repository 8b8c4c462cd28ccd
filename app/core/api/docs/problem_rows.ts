import i18nManager from '@adonisjs/i18n/services/main'
import { problemStatuses } from '#core/http'
import { type Refusals } from '#core/methods'
import { worded, type Reader } from '#core/objects'

export interface ProblemRow {
  code: string
  status: number
  title: string
  detail: string
}

/** Of pages alone: no program meets them. */
const ONLY_PAGES = ['signIn', 'expiredPage', 'foreignOrigin', 'onlyLooking', 'forbidden']

/** Every code that an answer may have, in its words: what any call may meet, and `refusals` of the operations with their status. */
export function problemRows(refusals: Refusals, reader: Reader): ProblemRow[] {
  const common = [...problemStatuses]
    .filter(([code]) => !ONLY_PAGES.includes(code))
    .map(([code, status]) => ({ code, status, title: reader.t(`errors.${code}.title`), detail: worded(reader, `errors.${code}.detail`) ?? '' }))
  return [...common, ...ruleRows(refusals, reader)].sort((a, b) => a.status - b.status)
}

/** Rules are told by their own sentences, which name what they are about in braces. */
function ruleRows(refusals: Refusals, reader: Reader): ProblemRow[] {
  const words = i18nManager.getTranslationsFor(reader.locale)
  return Object.entries(refusals).map(([code, status]) => ({ code, status, title: reader.t('errors.refused.title'), detail: words[`refusals.${code}`] }))
}
