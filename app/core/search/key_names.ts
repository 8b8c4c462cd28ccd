import { type Reader } from '#core/objects'

/** What resources/js/keyboard.js binds, and the headings of its sheet. */
const groups = ['everywhere', 'here', 'list', 'go']
const names = ['palette', 'sheet', 'save', 'close', 'search', 'create', 'edit', 'filter', 'down', 'up', 'open', 'tick', 'previous', 'next']

/** The words of the sheet of keys, for the script that fills it. */
export function keyNames({ t }: Reader): Record<string, string> {
  const words = (all: string[], at: string) => all.map((name) => [name, t(`${at}.${name}`)])
  return Object.fromEntries([...words(groups, 'keys'), ...words(names, 'keys.names')])
}
