import env from '#start/env'
import { appUrl } from '#config/app'
import { settings } from '#core/settings'
import { htmlOf, textOf, type Letter } from './letter.js'
import { openTransport } from './transport.js'

/** Hands a letter to the mail server and waits for its word. For jobs only: a request never waits for a mail server. */
export async function deliver(letter: Letter): Promise<void> {
  const transport = openTransport()
  try {
    await transport.sendMail({
      from: sender(),
      to: letter.to,
      subject: letter.subject,
      text: textOf(letter),
      html: htmlOf(letter),
      /** Vacation programs do not answer it, and the built-in inbox shows it to administrators only. */
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Tessera-System': '1' },
    })
  } finally {
    transport.close()
  }
}

function sender() {
  const { companyName, senderName, senderEmail } = settings()
  const name = senderName ?? companyName
  if (senderEmail) return { name, address: senderEmail }
  return env.get('SYSTEM_MAIL_FROM') ?? { name, address: `no-reply@${new URL(appUrl).hostname}` }
}
