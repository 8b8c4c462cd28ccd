import { type Reader } from '#core/objects'
import { type Problem } from './content/draft.js'

interface SaidProblem {
  tone: 'bad' | 'warn'
  sentence: string
}

/** What hinders a send first, then advice. */
export function inWords(problems: Problem[], reader: Reader): SaidProblem[] {
  return problems
    .toSorted((one, other) => Number(other.blocking) - Number(one.blocking))
    .map(({ code, blocking, params }) => ({
      tone: blocking ? 'bad' : 'warn',
      sentence: reader.t(`communication.problems.${code}`, params),
    }))
}
