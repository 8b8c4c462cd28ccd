import { type Report } from './report.js'

/** RFC 3463: the mailbox or its domain is not there, moved away, or shut for good. */
const GONE = /\b5[.\s]1[.\s](0|1|2|3|6|8|10)\b|\b5\.2\.1\b|\b5\.4\.4\b/
const GONE_IN_WORDS =
  /user unknown|unknown user|no such (user|mailbox|recipient|address)|(mailbox|user|recipient|address) (is )?(not found|does(n't| not) exist|unknown|unavailable for good)|account (is |has been )?(disabled|deleted|closed)|invalid (recipient|mailbox)|пользователь не найден|(ящик|адрес) не существует/i
/** A refusal of the mail, not of the mailbox, though it is final too. */
const OTHERWISE = /\b[45]\.(2\.[2-4]|3\.\d+|5\.\d+|6\.\d+|7\.\d+)\b|quota|mailbox full|too large|spam|blocked|policy|переполнен/i

/** Only what is certain blocks an address; everything else is counted and forgotten (unknown = soft). */
export function severity(status: string, said: string): Report['kind'] {
  if (status) return GONE.test(status) ? 'hard_bounce' : wordsDecide(status) && certain(said) ? 'hard_bounce' : 'soft_bounce'
  return certain(said) ? 'hard_bounce' : 'soft_bounce'
}

/** Codes so general that servers say the reason in words: 5.0.0, 5.5.0. */
function wordsDecide(status: string) {
  return /^5\.(0\.0|5\.0)$/.test(status.trim())
}

function certain(said: string) {
  return (GONE.test(said) || GONE_IN_WORDS.test(said)) && !OTHERWISE.test(said)
}
