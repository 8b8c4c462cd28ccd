import string from '@adonisjs/core/helpers/string'
import { settings } from '#core/settings'

/** A mail from the product to one of those who work in it, in their language. */
export interface Letter {
  to: { name: string; address: string }
  locale: 'ru' | 'en'
  subject: string
  /** Paragraphs before the button. */
  lines: string[]
  button?: { label: string; url: string }
  /** Small print below it. */
  notes?: string[]
}

/** As plain text: the address of the button stands alone on its line, so that every program makes it a link. */
export function textOf({ lines, button, notes = [] }: Letter): string {
  const middle = button ? [`${button.label}:\n${button.url}`] : []
  return [...lines, ...middle, ...notes, `-- \n${settings().companyName}`].join('\n\n')
}

/** Mail programs read no style sheets, so each part carries its own style. All words are escaped: a name may hold anything. */
export function htmlOf({ locale, subject, lines, button, notes = [] }: Letter): string {
  const paragraphs = lines.map((line) => `<p style="margin:0 0 16px">${escaped(line)}</p>`)
  const small = notes.map((line) => `<p style="margin:0 0 8px;color:#5f6b7a;font-size:13px">${escaped(line)}</p>`)
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f3f5f8;color:#1b2430;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0"><tr><td align="center">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:520px;background:#ffffff;border:1px solid #dfe4ea;border-radius:12px">
<tr><td style="padding:24px 28px 0;font-weight:700;font-size:18px;color:${colour()}">${escaped(settings().companyName)}</td></tr>
<tr><td style="padding:16px 28px 24px">${paragraphs.join('\n')}${button ? buttonOf(button) : ''}${small.join('\n')}</td></tr>
</table></td></tr></table>
</body>
</html>
`
}

function buttonOf({ label, url }: NonNullable<Letter['button']>) {
  const address = escaped(url)
  return `<p style="margin:0 0 20px"><a href="${address}" style="display:inline-block;padding:11px 20px;border-radius:8px;background:${colour()};color:#ffffff;font-weight:600;text-decoration:none">${escaped(label)}</a></p>
<p style="margin:0 0 16px;color:#5f6b7a;font-size:13px;word-break:break-all">${address}</p>`
}

const OURS = '#2f5bd8'
const colour = () => settings().brandColour ?? OURS

const escaped = (text: string) => string.escapeHTML(text)
