import i18n from '@adonisjs/i18n/services/main'
import { locales, may, type Staff } from '#core/access'
import { menu } from '#core/modules'
import { type Reader } from '#core/objects'
import { type Found } from './found.js'
import { fold, marked } from './marked.js'

interface Page {
  label: string
  about: string
  path: string
  /** What else it is called: in the other language. */
  also: string
  icon: string
}

/** Entries of the menu that the person may read, and their own account; called by the names of either language. */
export function findPages(typed: string, staff: Staff, reader: Reader): Found[] {
  return pagesFor(staff, reader)
    .filter(({ label, about, also }) => answers(typed, label, about, also))
    .map(({ label, about, path, icon }) => ({ title: marked(label, typed), about: marked(about, typed), icon, href: path }))
}

function pagesFor(staff: Staff, { t }: Reader): Page[] {
  const entries = menu.filter(({ right, object }) => !object || may(staff, right ?? 'read', object))
  const own = { label: t('access.profile'), about: '', path: '/profile', also: inAll('access.profile'), icon: 'user' }
  return [
    ...entries.map(({ group, name, path }) => ({
      label: t(`menu.${name}`), about: t(`menu.${group}`), path, also: `${inAll(`menu.${name}`)} ${inAll(`menu.${group}`)}`, icon: group,
    })),
    own,
  ]
}

/** The words of a key in every language: people remember a section by the name under which they met it. */
export const inAll = (key: string, values?: Record<string, unknown>) => locales.map((locale) => i18n.locale(locale).t(key, values)).join(' ')

/** Every word that was typed begins a word of the names. */
export function answers(typed: string, ...names: string[]): boolean {
  const known = fold(names.join(' ')).split(/[\s:·,()-]+/)
  const words = fold(typed).split(/\s+/).filter(Boolean)
  return words.every((word) => known.some((one) => one.startsWith(word)))
}
