import { type Content, type Draft, type Link, type Problem } from './draft.js'
import { escapeHtml } from './engine.js'
import { layoutProblems, macroProblems, missingParts } from './checks.js'
import { footer } from './footer.js'
import { rewriteLinks } from './links.js'
import { markups } from './markup.js'
import { plainText } from './plain_text.js'
import { inLiquid } from './short_macros.js'

interface Compiled {
  content: Content
  links: Link[]
  problems: Problem[]
}

/** Addresses that a mail counts by; null leaves them as the author wrote them (a preview). */
interface Tracking {
  link: (position: number) => string
  pixel: string
}

/** Turns a draft into what only has to be filled for each recipient, and tells what is wrong with it. */
export async function compile(draft: Draft, tracking: Tracking | null): Promise<Compiled> {
  const subject = inLiquid(draft.subject ?? '')
  const preheader = inLiquid(draft.preheader ?? '')
  const { html: written, problems: inMarkup } = await markups[draft.markup](inLiquid(draft.body))
  const { html: signed, problems: inFooter } = withFooter(written, draft)
  const rewritten = rewriteLinks(signed, draft.link, tracking?.link ?? (() => ''))
  const html = withPreheader(withLinkMacro(tracking ? rewritten.html : signed, draft.link), preheader)

  const problems = [
    ...missingParts(draft),
    ...inMarkup,
    ...macroProblems(subject, 'text'),
    ...macroProblems(html, 'html'),
    ...inFooter,
    ...rewritten.problems,
    ...layoutProblems(html),
  ]
  return {
    content: { ...heads(draft), subject, html: withPixel(html, tracking), text: plainText(html) },
    links: rewritten.links,
    problems: distinct(problems),
  }
}

function heads({ senderName, senderEmail, replyTo, class: kind }: Draft) {
  return { senderName, senderEmail: senderEmail ?? '', replyTo, class: kind }
}

/** Advertising always says how to leave. */
function withFooter(html: string, { class: kind }: Draft): { html: string; problems: Problem[] } {
  if (!html || kind !== 'advertising' || /\{\{-?\s*UnsubscribeLink\b/.test(html)) return { html, problems: [] }
  return { html: beforeEnd(html, footer), problems: [{ code: 'unsubscribe', blocking: false }] }
}

function withLinkMacro(html: string, link: string | null) {
  return link ? html.replace(/\{\{\s*Link\s*\}\}/g, escapeHtml(link)) : html
}

/** The line that a mailbox shows beside the subject. */
function withPreheader(html: string, preheader: string) {
  if (!preheader || !html) return html
  const hidden = `<div style="display:none;max-height:0;overflow:hidden">${markupSafe(preheader)}</div>`
  const body = /<body[^>]*>/i.exec(html)
  const at = body ? body.index + body[0].length : 0
  return html.slice(0, at) + hidden + html.slice(at)
}

/** Escapes what stands between macros; the macros escape themselves. */
function markupSafe(liquid: string) {
  return liquid
    .split(/(\{\{.*?\}\}|\{%.*?%\})/s)
    .map((part, index) => (index % 2 ? part : escapeHtml(part)))
    .join('')
}

function withPixel(html: string, tracking: Tracking | null) {
  if (!tracking || !html) return html
  return beforeEnd(html, `<img src="${tracking.pixel}" width="1" height="1" alt="" style="display:block;border:0">`)
}

function beforeEnd(html: string, part: string) {
  const end = html.search(/<\/body\s*>/i)
  return end < 0 ? html + part : html.slice(0, end) + part + html.slice(end)
}

function distinct(problems: Problem[]) {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
}
