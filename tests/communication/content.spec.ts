import { test } from '@japa/runner'
import { compile } from '../../app/communication/content/compile.js'
import { type Draft } from '../../app/communication/content/draft.js'
import { LetterTemplate } from '../../app/communication/content/letter.js'
import { samplePerson } from '../../app/communication/content/person.js'

const letter = { address: 'anna@example.com', token: 'TOKEN', unsubscribeLink: 'https://crm.example/u/TOKEN' }
const tracking = { link: (position: number) => `https://crm.example/l/${position}/{{ Token }}`, pixel: 'https://crm.example/o/{{ Token }}.gif' }

const draft = (values: Partial<Draft> = {}): Draft => ({
  senderName: 'Shop',
  senderEmail: 'shop@example.com',
  replyTo: null,
  subject: 'Hi',
  preheader: null,
  class: 'advertising',
  link: null,
  markup: 'html',
  body: '<p>x</p><a href="{{ UnsubscribeLink }}">leave</a>',
  ...values,
})

async function filled(values: Partial<Draft>, person = samplePerson) {
  const { content, links, problems } = await compile(draft(values), tracking)
  return { ...new LetterTemplate(content).fill(person, letter), links, problems }
}

const codes = async (values: Partial<Draft>) => (await compile(draft(values), null)).problems.map(({ code }) => code)

test.group('What a mail says', () => {
  test('knows the short macros of F58 and the long ones')
    .with([
      ['{GivenName}', 'Анна'],
      ['{MiddleName}', 'Сергеевна'],
      ['{GivenNMiddleN}', 'Анна Сергеевна'],
      ['{GivenNameSurname}', 'Анна Иванова'],
      ['{GreetingName}', 'Здравствуйте, Анна Сергеевна'],
      ['{UserId}', '1'],
      ['{LastIdentifierValue}', 'anna@example.com'],
      ['{{User.GivenName}}', 'Анна'],
      ['{{ User.Surname | upcase }}', 'ИВАНОВА'],
      ['{% if User.ReceiptsCount > 5 %}often{% else %}seldom{% endif %}', 'often'],
    ])
    .run(async ({ assert }, [macro, value]) => {
      const mail = await filled({ subject: macro, body: `<p>${macro}</p><a href="{{ UnsubscribeLink }}">x</a>` })
      assert.equal(mail.subject, value)
      assert.include(mail.html, `<p>${value}</p>`)
      assert.include(mail.text, value)
    })

  test('greets those without a name, in their language', async ({ assert }) => {
    const nameless = { ...samplePerson, givenName: null, middleName: null }
    assert.equal((await filled({ subject: '{GreetingName}' }, nameless)).subject, 'Здравствуйте')
    assert.equal((await filled({ subject: '{GreetingName}' }, { ...nameless, locale: 'en' })).subject, 'Hello')
  })

  test('names the macro that leads nowhere')
    .with(['{Foo}', '{{ User.Foo }}', '{{ Other }}', '{LastTicket}', '{% if User.Foo %}x{% endif %}', '{{ User }}'])
    .run(async ({ assert }, macro: string) => {
      const { problems } = await compile(draft({ body: `<p>${macro}</p>` }), null)
      const found = problems.find(({ code }) => code === 'macro')
      assert.isTrue(found?.blocking)
      assert.include(macro, String(found?.params?.macro).split('.').at(-1)!)
    })

  test('U-03 data of a customer are never a template, nor markup')
    .with(['{{7*7}}<img onerror=alert(1)>', '{% for i in (1..9) %}x{% endfor %}', '" onmouseover="x', '</p><script>alert(1)</script>'])
    .run(async ({ assert }, name) => {
      const person = { ...samplePerson, givenName: name }
      const body = '<p title="{GivenName}">{GivenName | raw}{{ User.GivenName | raw }}</p><a href="{{ UnsubscribeLink }}">x</a>'
      const { html, subject } = await filled({ subject: '{GivenName}', body: body.replace('{GivenName | raw}', '') }, person)
      assert.equal(subject, name)
      assert.notMatch(html, /<img onerror|<script|" onmouseover/)
      assert.notInclude(html, '49')
    })

  test('U-03 a hostile template ends within a second and reads nothing')
    .with([
      '{% for a in (1..1000000) %}{% for b in (1..1000000) %}x{% endfor %}{% endfor %}',
      '{% assign x = "a" %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}{{ x }}',
      '{% include "/etc/passwd" %}',
      '{% render "../../.env" %}',
      '{% layout "/etc/passwd" %}',
      '{{ "a" | constructor }}',
      '{{ User.constructor.constructor }}',
      '{{ User.__proto__ }}',
      '{% assign a = "x" | split: "" %}{% for i in (1..100000000) %}{{ a | sort }}{% endfor %}',
      '{% capture x %}{% for i in (1..99999999) %}aaaaaaaaaaaaaaaaaaaa{% endfor %}{% endcapture %}{{ x }}',
      '{% tablerow i in (1..99999999) %}x{% endtablerow %}',
      '{{ "x" | replace: "x", "xxxxxxxxxx" | repeat: 9 }}',
      '{% if',
      '{{ "a" | date: "%9999999999Y" }}',
      '{% cycle %}{% increment x %}{% raw %}',
    ])
    .run(async ({ assert }, template) => {
      const startedAt = Date.now()
      let said = ''
      try {
        said = (await filled({ body: `<p>${template}</p>` })).html
      } catch (error) {
        said = (error as Error).message
      }
      assert.isBelow(Date.now() - startedAt, 1_000)
      assert.notMatch(said, /root:x|APP_KEY=|native code/)
    })

  test('every link is counted, those that leave are not, and each address has one number', async ({ assert }) => {
    const body = `<a class=b href="https://shop.example/a?x=1&amp;y=2">1</a><a href='https://shop.example/a?x=1&y=2'>2</a>
      <area href=https://shop.example/c><a href="mailto:a@b.c">m</a><a href="#top">t</a>
      <a href="{{ UnsubscribeLink }}">u</a><a href="https://shop.example/u/{{ User.Id }}?n={GivenName}">p</a>`
    const { html, links } = await filled({ body })
    assert.deepEqual(links, [
      { position: 1, url: 'https://shop.example/a?x=1&y=2' },
      { position: 2, url: 'https://shop.example/c' },
      { position: 3, url: 'https://shop.example/u/{{ User.Id }}?n={{ GivenName }}' },
    ])
    assert.notInclude(html, 'shop.example')
    assert.include(html, 'mailto:a@b.c')
    assert.include(html, 'href="https://crm.example/l/1/TOKEN"')
    assert.include(html, 'https://crm.example/u/TOKEN')
  })

  test('A-13 a link whose site would come from data, or that no browser should open, blocks the send')
    .with(['javascript:alert(1)', 'https://{{ User.Email }}/x', '{{ User.Email }}', '//evil.example', 'data:text/html,x', 'http:\\\\evil'])
    .run(async ({ assert }, href) => assert.include(await codes({ body: `<a href="${href}">x</a>` }), 'link'))

  test('{Link} becomes the address of the communication and is counted', async ({ assert }) => {
    const values = { link: 'https://shop.example/gift', body: '<a href="{Link}">gift</a> {Link}' }
    const { links, html, problems } = await filled(values)
    assert.deepEqual(links, [{ position: 1, url: 'https://shop.example/gift' }])
    assert.include(html, 'https://shop.example/gift')
    assert.notInclude(problems.map(({ code }) => code), 'macro')
    assert.include(await codes({ body: '{Link}' }), 'macro')
  })

  test('advertising without a way to leave gets one, a system message does not', async ({ assert }) => {
    assert.include((await filled({ body: '<html><body><p>x</p></body></html>' })).html, 'https://crm.example/u/TOKEN')
    assert.notInclude((await filled({ class: 'system', body: '<p>x</p>' })).html, '/u/TOKEN')
  })

  test('MJML becomes HTML, and its includes stay unread (U-05)', async ({ assert }) => {
    const body = `<mjml><mj-body><mj-include path="/etc/passwd" type="html"/><mj-section><mj-column>
      <mj-text>{GreetingName}!</mj-text><mj-button href="https://shop.example/">Go</mj-button></mj-column></mj-section></mj-body></mjml>`
    const { html, text, links } = await filled({ markup: 'mjml', body })
    assert.include(html, 'Здравствуйте, Анна Сергеевна!')
    assert.notInclude(html, 'root:')
    assert.include(text, 'Здравствуйте, Анна Сергеевна!')
    assert.lengthOf(links, 1)
  })

  test('says what else is wrong', async ({ assert }) => {
    assert.includeMembers(await codes({ subject: null, senderEmail: null, body: '' }), ['empty.subject', 'empty.senderEmail', 'empty.body'])
    assert.include(await codes({ body: `<img src="https://x.example/a.png">` }), 'alt')
    assert.include(await codes({ body: 'x'.repeat(110 * 1024) }), 'clipped')
    assert.include(await codes({ body: '{% if x' }), 'template')
  })
})
