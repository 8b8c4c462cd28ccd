import { test } from '@japa/runner'
import { Webhook } from 'standardwebhooks'
import { isSignedBy, isSigningSecret, newSigningSecret, signatureHeaders } from '#core/secrets'

const body = '{"happened":"это"}'
const now = () => Math.floor(Date.now() / 1000)
const sentAt = (timestamp: number, secrets: string[]) => signatureHeaders({ id: 'msg_1', timestamp, body }, secrets)

test.group('Signatures of messages', () => {
  test('another hand reads what we sign, and we read what it signs', ({ assert }) => {
    const secret = newSigningSecret()
    const moment = new Date(now() * 1000)
    assert.deepEqual(new Webhook(secret).verify(body, sentAt(now(), [secret])), JSON.parse(body))
    const theirs = { ...sentAt(now(), []), 'webhook-signature': new Webhook(secret).sign('msg_1', moment, body) }
    assert.isTrue(isSignedBy([secret], theirs, body))
  })

  test('while a secret is rotated either of two will do, on both sides', ({ assert }) => {
    const [former, present, strange] = [newSigningSecret(), newSigningSecret(), newSigningSecret()]
    assert.isTrue(isSignedBy([former], sentAt(now(), [present, former]), body))
    assert.isTrue(isSignedBy([present, former], sentAt(now(), [former]), body))
    assert.isFalse(isSignedBy([strange], sentAt(now(), [present, former]), body))
    assert.isFalse(isSignedBy([], sentAt(now(), [present]), body))
  })

  test('nothing else passes: {what}')
    .with([
      { what: 'another body', changed: {}, said: `${body} ` },
      { what: 'another id', changed: { 'webhook-id': 'msg_2' }, said: body },
      { what: 'no id', changed: { 'webhook-id': undefined }, said: body },
      { what: 'an old time', changed: { 'webhook-timestamp': '1' }, said: body },
      { what: 'a time that is none', changed: { 'webhook-timestamp': 'now' }, said: body },
      { what: 'no signature', changed: { 'webhook-signature': undefined }, said: body },
      { what: 'another version', changed: { 'webhook-signature': 'v2,AAAA' }, said: body },
      { what: 'half a signature', changed: { 'webhook-signature': 'v1,AAAA' }, said: body },
    ])
    .run(({ assert }, { changed, said }) => {
      const secret = newSigningSecret()
      assert.isFalse(isSignedBy([secret], { ...sentAt(now(), [secret]), ...changed }, said))
    })

  test('six minutes are too long, either way', ({ assert }) => {
    const secret = newSigningSecret()
    assert.isTrue(isSignedBy([secret], sentAt(now() - 240, [secret]), body))
    for (const away of [-360, 360]) assert.isFalse(isSignedBy([secret], sentAt(now() + away, [secret]), body))
  })

  test('a secret is 24 to 64 bytes after its word', ({ assert }) => {
    const of = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`
    assert.deepEqual([23, 24, 64, 65].map((bytes) => isSigningSecret(of(bytes))), [false, true, true, false])
    for (const text of ['', 'whsec_', 'easily guessed', of(32).replace('whsec_', ''), `${of(32)} `]) assert.isFalse(isSigningSecret(text))
  })
})
