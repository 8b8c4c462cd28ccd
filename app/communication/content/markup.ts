import mjml from 'mjml'
import { type Draft, type Problem } from './draft.js'

/** One way of writing a mail: turns what the author typed into HTML. */
type Markup = (code: string) => Promise<{ html: string; problems: Problem[] }>

export const markups: Record<Draft['markup'], Markup> = {
  html: async (code) => ({ html: code, problems: [] }),
  mjml: fromMjml,
}

/** Includes stay unread: they name files of the server. No font is fetched either: a mail brings no style sheet from outside (F57). */
async function fromMjml(code: string): Promise<{ html: string; problems: Problem[] }> {
  if (!code.trim()) return { html: '', problems: [] }
  try {
    const { html, errors } = await mjml(code, { validationLevel: 'soft', ignoreIncludes: true, keepComments: false, fonts: {} })
    return { html, problems: errors.map(({ line, message }) => markupProblem(`${line}: ${message}`, false)) }
  } catch (error) {
    return { html: '', problems: [markupProblem((error as Error).message, true)] }
  }
}

function markupProblem(message: string, blocking: boolean): Problem {
  return { code: 'markup', blocking, params: { message: message.split('\n')[0].slice(0, 200) } }
}
