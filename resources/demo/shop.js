import { call, Refused, session } from './api.js'
import { el, field, showErrors, tick } from './draw.js'
import { words } from './words.js'

const LANGUAGE = 'tessera_demo_language'
const at = (id) => document.getElementById(id)

let language = localStorage.getItem(LANGUAGE) ?? (navigator.language.startsWith('ru') ? 'ru' : 'en')
const t = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[language][key])
const ask = (method, input = {}, key) => call(method, input, { language, key })

/** What is shown to strangers, and to who is signed in. */
const pages = {
  signIn: { draw: signIn, open: true },
  register: { draw: register, open: true },
  byCode: { draw: byCode },
  restore: { draw: restore },
  profile: { draw: profile, mine: true },
  preferences: { draw: preferences, mine: true },
}

let shown

async function show(name = session.token ? 'profile' : 'signIn') {
  shown = name
  document.documentElement.lang = language
  document.title = t(name)
  at('language').textContent = t('other')
  at('about').replaceChildren(t('about'), ' ', el('a', { href: '/api/docs' }, t('docs')))
  drawMenu()
  try {
    const inside = await pages[name].draw()
    if (shown === name) at('view').replaceChildren(el('h1', {}, t(name)), ...inside)
  } catch (error) {
    say(error.message, true)
    if (!session.token && pages[name].mine) return show('signIn')
  }
}

function drawMenu() {
  const mine = Boolean(session.token)
  const offered = Object.entries(pages).filter(([, page]) => (mine ? page.mine : page.open))
  const buttons = offered.map(([name]) =>
    el('button', { type: 'button', class: 'plain', 'aria-current': shown === name ? 'page' : undefined, onclick: () => go(name) }, t(name))
  )
  at('menu').replaceChildren(...buttons, ...(mine ? [el('button', { type: 'button', class: 'plain', onclick: signOut }, t('signOut'))] : []))
}

function go(name) {
  say('')
  void show(name).then(() => at('view').focus())
}

function say(text, bad = false) {
  at('said').textContent = text
  at('said').classList.toggle('bad', bad)
}

/** A form that sends itself once, and says what was refused at its fields, or below. */
function form(label, inside, send, places = {}) {
  const key = crypto.randomUUID?.() ?? String(Math.random()).slice(2)
  const made = el('form', { novalidate: true }, inside, el('button', {}, label))
  made.addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = made.querySelector('button:not([type])')
    button.disabled = true
    say('')
    showErrors(made, {})
    try {
      await send(Object.fromEntries(new FormData(made)), made, key)
    } catch (error) {
      if (!(error instanceof Refused)) say(t('offline'), true)
      else if (!showErrors(made, error.errors, places)) say(error.message, true)
    }
    button.disabled = false
  })
  return made
}

/** An address with @ is mail, anything else a phone. */
const identifierOf = (typed) => ({ type: typed.includes('@') ? 'email' : 'phone', value: typed.trim() })

async function welcome({ token }, words) {
  session.begin(token)
  await show('profile')
  say(words)
}

function signIn() {
  const send = async ({ contact, password }) => welcome(await ask('user/login', { identifiers: [identifierOf(contact)], password }), t('signedIn'))
  const places = { 'identifiers.0.value': 'contact' }
  return [
    form(t('enter'), [field('contact', t('contact'), { autocomplete: 'username' }), field('password', t('password'), { type: 'password', autocomplete: 'current-password' })], send, places),
    el('p', {}, el('br'), el('button', { type: 'button', class: 'plain', onclick: () => go('byCode') }, t('byCode'))),
    el('p', {}, el('button', { type: 'button', class: 'plain', onclick: () => go('restore') }, t('restore'))),
  ]
}

/** One box for each consent: none of them is ticked beforehand, and none stands for two. */
async function register() {
  const { documents } = await ask('consent/documents')
  if (!documents.some(({ kind }) => kind === 'personal_data')) return [el('p', {}, t('noDocuments'))]
  const boxes = documents.map(({ kind, text }) => tick(kind, t(kind), { note: text }))
  const fields = [
    field('givenName', t('givenName'), { autocomplete: 'given-name' }),
    field('surname', t('surname'), { autocomplete: 'family-name' }),
    field('email', t('email'), { type: 'email', autocomplete: 'email' }),
    field('phone', t('phone'), { type: 'tel', autocomplete: 'tel' }),
    field('password', t('password'), { type: 'password', autocomplete: 'new-password' }),
    el('fieldset', {}, el('legend', {}, t('consents')), boxes),
  ]
  const send = async (typed, made, key) => {
    const identifiers = ['email', 'phone'].filter((type) => typed[type]).map((type) => ({ type, value: typed[type] }))
    const consents = documents.map(({ kind, document, campaign }) => ({ kind, document, value: kind in typed, ...(campaign && { campaign }) }))
    const { givenName, surname, password } = typed
    const answer = await ask('user/register', { identifiers, consents, givenName, surname, locale: language, ...(password && { password }) }, key)
    await welcome(answer, t('registered'))
  }
  return [form(t('create'), fields, send, { 'identifiers': 'email', 'identifiers.0.value': 'email', 'identifiers.1.value': 'phone' })]
}

/** In two steps: where the code goes, then the code. */
function byCode() {
  return inTwoSteps((identifier) => ask('ticket/generate', { identifier, purpose: 'login' }), [], async (identifier, { code }) =>
    welcome(await ask('user/loginWithoutPassword', { identifier, code }), t('signedIn'))
  )
}

function restore() {
  const password = () => field('password', t('newPassword'), { type: 'password', autocomplete: 'new-password' })
  const send = async (identifier, { code, password: chosen }) => {
    await ask('user/restorePassword', { identifier, code, password: chosen })
    await show('signIn')
    say(t('changed'))
  }
  return inTwoSteps((identifier) => ask('user/restorePassword', { identifier }), [password], send)
}

function inTwoSteps(begin, more, finish) {
  const first = form(t('send'), [field('contact', t('email'), { type: 'email', autocomplete: 'username' })], async ({ contact }) => {
    const identifier = identifierOf(contact)
    const { lifeMinutes = 10 } = await begin(identifier)
    say(t('codeSent', { minutes: lifeMinutes }))
    const second = form(shown === 'restore' ? t('save') : t('enter'), [codeField(), ...more.map((make) => make())], (typed) => finish(identifier, typed))
    first.replaceWith(second)
    second.elements.code.focus()
  }, { 'identifier.value': 'contact', 'identifier': 'contact' })
  return [first]
}

const codeField = (id = 'code') => field(id, t('code'), { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 20 })

async function profile() {
  const me = await ask('user/info')
  const names = [
    field('givenName', t('givenName'), { value: me.givenName ?? '', autocomplete: 'given-name' }),
    field('surname', t('surname'), { value: me.surname ?? '', autocomplete: 'family-name' }),
    field('birthDate', t('birthDate'), { type: 'date', value: me.birthDate ?? '', autocomplete: 'bday' }),
  ]
  const save = async ({ givenName, surname, birthDate }) => {
    await ask('user/edit', { givenName: givenName || null, surname: surname || null, birthDate: birthDate || null })
    say(t('saved'))
  }
  return [form(t('save'), names, save), el('h2', {}, t('contacts')), el('ul', { class: 'rows' }, me.identifiers.map(contact))]
}

/** One that is not confirmed yet is confirmed in its place. */
function contact({ type, value, confirmed }) {
  const line = el('li', {}, value, el('span', { class: 'quiet' }, t(confirmed ? 'isConfirmed' : 'isWaiting')))
  if (confirmed || type !== 'email') return line
  const confirm = async ({ code }) => {
    await ask('ticket/confirm', { identifier: { type, value }, code })
    await show('profile')
    say(t('confirmed'))
  }
  const again = async () => {
    try {
      const { lifeMinutes } = await ask('ticket/generate', { identifier: { type, value } })
      say(t('codeSent', { minutes: lifeMinutes }))
    } catch (error) {
      say(error.message, true)
    }
  }
  line.append(form(t('confirm'), [codeField()], confirm), el('button', { type: 'button', class: 'plain', onclick: again }, t('again')))
  return line
}

async function preferences() {
  const now = await ask('user/getUnsubscribe')
  const isKept = (channel, category) => now.kept.some((pair) => pair.channel === channel.code && pair.category === category.code)
  const head = el('thead', {}, el('tr', {}, el('th'), now.channels.map(({ name }) => el('th', { scope: 'col' }, name))))
  const rows = now.categories.map((category) =>
    el('tr', {}, el('th', { scope: 'row' }, category.name), now.channels.map((channel) =>
      el('td', {}, el('input', { type: 'checkbox', name: 'kept', value: `${channel.code} ${category.code}`, checked: isKept(channel, category), 'aria-label': `${category.name}: ${channel.name}` }))
    ))
  )
  const choices = ['except', 'only'].map((regime) =>
    el('label', { class: 'tick' }, el('input', { type: 'radio', name: 'regime', value: regime, checked: now.regime === regime }), t(regime))
  )
  const save = async ({ regime }, made) => {
    const ticked = [...made.querySelectorAll('[name=kept]:checked')].map((box) => box.value.split(' '))
    await ask('user/updateUnsubscribe', { regime, kept: ticked.map(([channel, category]) => ({ channel, category })) })
    say(t('saved'))
  }
  const leave = async () => {
    await ask('user/unsubscribe')
    await show('preferences')
    say(t('saved'))
  }
  return [
    form(t('save'), [el('fieldset', {}, el('legend', {}, t('regime')), choices), el('table', {}, head, el('tbody', {}, rows))], save),
    el('p', {}, el('br'), el('button', { type: 'button', class: 'plain', onclick: () => void leave().catch((error) => say(error.message, true)) }, t('leaveAll'))),
  ]
}

async function signOut() {
  await ask('user/logout').catch(() => undefined)
  session.end()
  await show('signIn')
  say(t('signedOut'))
}

at('language').addEventListener('click', () => {
  language = language === 'ru' ? 'en' : 'ru'
  localStorage.setItem(LANGUAGE, language)
  say('')
  void show(shown)
})

ask('source/info').then(({ company }) => (at('company').textContent = company), (error) => say(error.message, true))
void show()
