import { test } from '@japa/runner'
import { row, sql } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { headLines } from '../../app/communication/inbox/head_lines.js'

const RAW = ['Subject: Invitation', 'X-Tessera-System: 1', 'Content-Type: text/html', '', '<p>canary-link</p>'].join('\r\n')

/** Mails that the built-in inbox kept: one to a member of staff, one to a customer. */
async function kept() {
  const write = (system: boolean) =>
    row<{ id: number }>(
      sql`insert into inbox_messages (sender, recipient, subject, size, raw, system)
        values ('a@example.com', 'b@example.com', 'canary-subject', 1, ${Buffer.from(RAW)}, ${system}) returning id`
    )
  return { system: (await write(true))!.id, ordinary: (await write(false))!.id }
}

async function signedIn(role: string) {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role })).email)
  return visitor
}

test.group('Mail to staff in the built-in inbox', (group) => {
  rolledBack(group)

  test('is told from mail to customers by a header that the product writes', ({ assert }) => {
    assert.isTrue(headLines(Buffer.from(RAW)).system)
    assert.isFalse(headLines(Buffer.from(RAW.replace('System: 1', 'System: 0'))).system)
    assert.isFalse(headLines(Buffer.from('Subject: x\r\n\r\nX-Tessera-System: 1')).system)
  })

  test('S-08 is seen by administrators, in a section of its own', async ({ assert }) => {
    const { system } = await kept()
    const boss = await signedIn('administrator')
    assert.include((await boss.get(`/system-mail/${system}`)).words, 'canary-subject')
    assert.include((await boss.get(`/system-mail/${system}/html`)).words, 'canary-link')
    assert.equal((await boss.get(`/inbox/${system}`)).status, 404)
  })

  test('S-08 opens for no other role, at no address')
    .with(['marketer', 'viewer'])
    .run(async ({ assert }, role) => {
      const { system } = await kept()
      const visitor = await signedIn(role)
      for (const path of ['', `/${system}`, `/${system}/html`, `/${system}/panels/message`]) {
        assert.equal((await visitor.get(`/system-mail${path}`)).status, 403, path)
      }
      const elsewhere = ['', `/${system}`, `/${system}/html`, `/${system}/raw`, `/${system}/panels/message`, `/${system}/fields/subject`]
      for (const path of elsewhere) {
        const { status, words } = await visitor.get(`/inbox${path}`)
        assert.isTrue(path === '' || status === 404 || status === 403, `/inbox${path} answers ${status}`)
        assert.notInclude(words, 'canary-link')
      }
    })

  test('mail to customers stays where it was', async ({ assert }) => {
    const { ordinary } = await kept()
    const marketer = await signedIn('marketer')
    assert.include((await marketer.get(`/inbox/${ordinary}/html`)).words, 'canary-link')
    assert.equal((await (await signedIn('administrator')).get(`/system-mail/${ordinary}/html`)).status, 404)
  })
})
