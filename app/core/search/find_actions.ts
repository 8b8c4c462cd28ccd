import { locales, may, themes, type Staff } from '#core/access'
import { objects, nameOf, type Reader } from '#core/objects'
import { type Found } from './found.js'
import { answers, inAll } from './find_pages.js'
import { marked } from './marked.js'

interface Action extends Omit<Found, 'title' | 'about'> {
  /** Key of its words. */
  key: string
  values?: Record<string, unknown>
  also?: string
}

/** What the person may do from anywhere: make and import things, change how pages look, leave. */
export function findActions(typed: string, staff: Staff, reader: Reader): Found[] {
  return [...makings(staff, reader), ...importings(staff, reader), ...settings(staff)]
    .map((action) => ({ ...action, label: reader.t(action.key, action.values) }))
    .filter(({ label, key, values, also = '' }) => answers(typed, label, inAll(key, values), also))
    .map(({ label, icon, href, post, does }) => ({ title: marked(label, typed), about: [], icon, href, post, does }))
}

function makings(staff: Staff, reader: Reader): Action[] {
  return objects
    .all()
    .filter(({ path, create, name }) => path && create && may(staff, 'create', name))
    .map((object) => ({
      key: 'search.action.create', values: { object: nameOf(object, 'one', reader) }, also: inAll(`${object.name}.one`), icon: 'plus', href: `/${object.path}/create`,
    }))
}

function importings(staff: Staff, reader: Reader): Action[] {
  if (!objects.has('import') || !may(staff, 'create', 'import')) return []
  return objects
    .all()
    .filter(({ path, importable, name }) => path && importable && may(staff, 'import', name))
    .map((object) => ({
      key: 'search.action.import', values: { objects: nameOf(object, 'many', reader) }, also: inAll(`${object.name}.many`), icon: 'upload',
      href: `/imports/create?object=${object.name}`,
    }))
}

const icons = { system: 'system', light: 'sun', dark: 'moon' }

function settings(staff: Staff): Action[] {
  const preference = (name: string, value: string) => ({ action: '/preferences', name, value })
  return [
    ...themes
      .filter((theme) => theme !== staff.theme)
      .map((theme) => ({ key: `search.action.theme.${theme}`, icon: icons[theme], post: preference('theme', theme) })),
    ...locales
      .filter((locale) => locale !== staff.locale)
      .map((locale) => ({ key: `search.action.locale.${locale}`, icon: 'globe', post: preference('locale', locale) })),
    { key: 'search.action.keys', icon: 'info', does: 'keys', href: '/profile#keyboard' },
    { key: 'core.signOut', icon: 'logout', post: { action: '/sign-out' } },
  ]
}
