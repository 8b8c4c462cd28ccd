/** One returned mail as a server would write it, and what it means. */
export interface Returned {
  by: string
  means: 'hard_bounce' | 'soft_bounce' | 'complaint' | null
  raw: (messageId: string, address: string) => string
}

interface Status {
  action?: string
  status?: string
  says?: string
  original?: 'message/rfc822' | 'text/rfc822-headers' | 'none'
  recipient?: (address: string) => string
}

const lines = (text: string) => text.replace(/\n/g, '\r\n')

/** RFC 3464. */
const dsn = (by: string, means: Returned['means'], { action = 'failed', status, says, original = 'message/rfc822', recipient }: Status): Returned => ({
  by,
  means,
  raw: (messageId, address) =>
    lines(`From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: shop@example.com
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain; charset=utf-8

This is the mail system at host mx.example. ${by}

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sat, 21 Nov 2026 10:00:00 +0000

Final-Recipient: ${recipient ? recipient(address) : `rfc822; ${address}`}
Action: ${action}
${status ? `Status: ${status}\n` : ''}${says ? `Diagnostic-Code: smtp; ${says}\n` : ''}
${original === 'none' ? '' : `--=_b\nContent-Type: ${original}\n\nFrom: shop@example.com\nTo: ${address}\nMessage-ID: ${messageId}\nSubject: Hello\n\n`}
--=_b--
`),
})

/** RFC 5965. */
const arf = (type: string, means: Returned['means']): Returned => ({
  by: `feedback ${type}`,
  means,
  raw: (messageId, address) =>
    lines(`From: fbl@provider.example
To: abuse@example.com
Subject: FW: Hello
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=_a"

--=_a
Content-Type: text/plain

This is an email abuse report.

--=_a
Content-Type: message/feedback-report

Feedback-Type: ${type}
User-Agent: SomeFBL/1.0
Version: 1
Original-Rcpt-To: <${address}>

--=_a
Content-Type: message/rfc822

From: shop@example.com
Message-ID: ${messageId}
Subject: Hello

x
--=_a--
`),
})

/** Servers that write prose, or no report at all. */
const prose = (by: string, means: Returned['means'], from: string, subject: string, text: string, head = ''): Returned => ({
  by,
  means,
  raw: (messageId, address) =>
    lines(`From: ${from}
To: shop@example.com
Subject: ${subject}
${head.replace('ADDRESS', address)}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

${text.replace('ADDRESS', address).replace('MESSAGE-ID', messageId)}
`),
})

const DAEMON = 'MAILER-DAEMON@mx.example'

export const returnedMail: Returned[] = [
  dsn('Postfix, no mailbox', 'hard_bounce', { status: '5.1.1', says: '550 5.1.1 <x>: Recipient address rejected: User unknown' }),
  dsn('Exchange, no mailbox', 'hard_bounce', { status: '5.1.10', says: '550 5.1.10 RESOLVER.ADR.RecipientNotFound' }),
  dsn('Gmail, no mailbox', 'hard_bounce', { status: '5.1.1', says: '550-5.1.1 The email account that you tried to reach does not exist.' }),
  dsn('unknown domain', 'hard_bounce', { status: '5.1.2', says: 'Host or domain name not found' }),
  dsn('no route', 'hard_bounce', { status: '5.4.4', says: 'unable to route: no mail hosts for domain' }),
  dsn('disabled mailbox', 'hard_bounce', { status: '5.2.1', says: '550 5.2.1 mailbox disabled' }),
  dsn('Yandex, general code in words', 'hard_bounce', { status: '5.5.0', says: '550 no such user' }),
  dsn('no code at all', 'hard_bounce', { says: '550 user unknown' }),
  dsn('heads only', 'hard_bounce', { status: '5.1.1', original: 'text/rfc822-headers' }),
  dsn('nothing of our mail', 'hard_bounce', { status: '5.1.1', original: 'none' }),
  dsn('moved away', 'hard_bounce', { status: '5.1.6', says: '551 5.1.6 moved' }),
  dsn('address in upper case', 'hard_bounce', { status: '5.1.1', original: 'none', recipient: (to) => `RFC822;${to.toUpperCase()}` }),
  dsn('address in brackets', 'hard_bounce', { status: '5.1.1', original: 'none', recipient: (to) => `rfc822;<${to}>` }),
  dsn('full mailbox', 'soft_bounce', { status: '5.2.2', says: '552 5.2.2 Mailbox full' }),
  dsn('full for now', 'soft_bounce', { status: '4.2.2', says: '452 4.2.2 over quota' }),
  dsn('too large', 'soft_bounce', { status: '5.3.4', says: '552 5.3.4 Message too large' }),
  dsn('policy', 'soft_bounce', { status: '5.7.1', says: '550 5.7.1 Message rejected as spam' }),
  dsn('DMARC', 'soft_bounce', { status: '5.7.26', says: '550 5.7.26 unauthenticated mail' }),
  dsn('spam, in words', 'soft_bounce', { status: '5.0.0', says: '554 spam message rejected, user unknown to be nice' }),
  dsn('expired', 'soft_bounce', { status: '4.4.7', says: 'delivery time expired' }),
  dsn('delayed', 'soft_bounce', { action: 'delayed', status: '4.4.1', says: 'connection timed out' }),
  dsn('delayed with a final code', 'soft_bounce', { action: 'delayed', status: '5.1.1' }),
  dsn('unknown words', 'soft_bounce', { status: '5.0.0', says: '550 the moon is full' }),
  dsn('nothing said', 'soft_bounce', {}),
  dsn('delivered', null, { action: 'delivered', status: '2.0.0' }),
  dsn('relayed', null, { action: 'relayed', status: '2.0.0' }),
  dsn('expanded', null, { action: 'expanded', status: '2.0.0' }),
  arf('abuse', 'complaint'),
  arf('fraud', 'complaint'),
  arf('opt-out', 'complaint'),
  arf('not-spam', null),
  arf('auth-failure', null),
  prose('qmail', 'hard_bounce', DAEMON, 'failure notice', 'Hi. This is the qmail-send program.\n<ADDRESS>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 no such user\n'),
  prose('Exim', 'hard_bounce', DAEMON, 'Mail delivery failed', 'A message could not be delivered.\n  ADDRESS\n    550 unknown user\n', 'X-Failed-Recipients: ADDRESS\n'),
  prose('Russian words', 'hard_bounce', DAEMON, 'Недоставленное сообщение', 'Письмо для ADDRESS не доставлено: такой ящик не существует\n'),
  prose('quoted head', 'hard_bounce', 'postmaster@mx.example', 'Undeliverable: Hello', 'No such user here.\n> Message-ID: MESSAGE-ID\n'),
  prose('full, in prose', 'soft_bounce', DAEMON, 'Returned mail', 'ADDRESS: mailbox full, try again\n'),
  prose('puzzling', 'soft_bounce', DAEMON, 'Undelivered Mail', 'Something about ADDRESS went wrong.\n'),
  prose('out of office', null, 'Anna <anna@example.com>', 'Out of office: Hello', 'I am away. ADDRESS\n'),
  prose('an answer', null, 'Anna <anna@example.com>', 'Re: Hello', 'Thank you! user unknown to me\n'),
]
