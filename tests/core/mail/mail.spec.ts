import { test } from '@japa/runner'
import i18n from '@adonisjs/i18n/services/main'
import { deliver, type Letter } from '#core/mail'
import { execute, sql } from '#core/database'
import { runNow } from '#core/jobs'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { capturedMail } from '#tests/support/captured_mail'
import { noticeJob } from '../../../app/core/mail/tell.js'
import { address } from '../../../app/core/mail/transport.js'

const letter: Letter = {
  to: { name: 'Маша', address: 'masha@example.com' },
  locale: 'ru',
  subject: 'Отчёт готов',
  lines: ['<script>alert(1)</script> & «Ёлка»'],
  button: { label: 'Открыть', url: 'http://127.0.0.1/exports/5?a=1&b="2"' },
}

test.group('Mail to staff', (group) => {
  rolledBack(group)
  const mail = capturedMail(group)

  test('arrives as text and as HTML, its words escaped', async ({ assert }) => {
    await deliver(letter)
    const [got] = await mail.received()
    assert.equal(got.subject, 'Отчёт готов')
    assert.include(got.text, '<script>alert(1)</script> & «Ёлка»')
    assert.include(got.text, '\nhttp://127.0.0.1/exports/5?a=1&b="2"')
    assert.include(got.html, '&lt;script&gt;alert(1)&lt;/script&gt; &amp; «Ёлка»')
    assert.notInclude(got.html, '<script')
    assert.include(got.html, 'href="http://127.0.0.1/exports/5?a=1&amp;b=&quot;2&quot;"')
  })

  test('A-14 a line break in a name or subject makes no header of its own', async ({ assert }) => {
    const to = { name: 'Маша\r\nBcc: evil@example.com', address: 'masha@example.com' }
    await deliver({ ...letter, to, subject: 'x\r\nBcc: evil@example.com' })
    const received = await mail.received()
    assert.deepEqual(received.map((one) => one.to), ['masha@example.com'])
    assert.notMatch(received[0].head, /^Bcc:/im)
  })

  test('reads no file and asks no server, whatever its words say', async ({ assert }) => {
    await deliver({ ...letter, lines: ['file:///etc/passwd', '{"path":"/etc/passwd"}'] })
    const [got] = await mail.received()
    assert.include(got.text, 'file:///etc/passwd')
    assert.notInclude(got.text, 'root:')
  })

  test('a notice speaks the language of the person, as they are when it leaves', async ({ assert }) => {
    const staff = await aMemberOfStaff({ locale: 'ru' })
    const notice = { staff: staff.id, words: 'passwordChanged', path: '/profile' }
    const options = { actor: { staffId: null }, title: staff.name }
    await runNow(noticeJob, notice, options)
    const [got] = await mail.received()
    assert.equal(got.to, staff.email)
    assert.equal(got.subject, 'Ваш пароль изменён')
    assert.match(got.text, /http:\/\/[^\s]+\/profile\n/)

    await execute(sql`update staff set active = false where id = ${staff.id}`)
    await runNow(noticeJob, notice, options)
    assert.lengthOf(await mail.received(), 1)
  })

  test('a server that refuses fails the job, to be tried again', async ({ assert }) => {
    mail.refuse()
    await assert.rejects(() => deliver(letter), /450/)
  })

  test('every notice has subject, text and button in both languages', ({ assert }) => {
    for (const locale of ['ru', 'en']) {
      const keys = Object.keys(i18n.getTranslationsFor(locale)).filter((key) => key.startsWith('mail.notices.'))
      const notices = new Set(keys.map((key) => key.split('.')[2]))
      for (const notice of notices) {
        for (const part of ['subject', 'text', 'button']) assert.include(keys, `mail.notices.${notice}.${part}`)
      }
    }
  })

  test('the server is read from its address: {written}')
    .with([
      { written: 'smtp://shop:a%40b@mail.shop.example', host: 'mail.shop.example', port: 587, secure: false, requireTLS: true },
      { written: 'smtps://mail.shop.example', host: 'mail.shop.example', port: 465, secure: true, requireTLS: false },
      { written: 'smtp://127.0.0.1:1025', host: '127.0.0.1', port: 1025, secure: false, requireTLS: false },
      { written: 'smtp://[::1]:25', host: '::1', port: 25, secure: false, requireTLS: false },
    ])
    .run(({ assert }, { written, ...expected }) => assert.deepInclude(address(written), expected))

  test('a password may hold any sign, an address must be one of mail', ({ assert }) => {
    assert.deepEqual(address('smtp://shop:a%40b@mail.shop.example').auth, { user: 'shop', pass: 'a@b' })
    assert.throws(() => address('http://mail.shop.example'), /must begin with smtp/)
  })
})
