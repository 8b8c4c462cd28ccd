// A column of a spreadsheet pasted into a list of several values: each line is taken for the option that is called so.
import { toast } from './toasts.js'

/** Lines beyond this are left: each of them may be a question to the server. */
const MOST_LINES = 200

/** `search` finds options that are not in the list yet, where there is a search. */
export function takesPastedLists(list, select, search) {
  list.control_input.addEventListener('paste', (event) => {
    const lines = event.clipboardData.getData('text').split(/[\r\n\t]+/).map((line) => line.trim()).filter(Boolean)
    if (lines.length < 2) return
    event.preventDefault()
    take(list, select, [...new Set(lines)], search)
  })
}

async function take(list, select, lines, search) {
  const left = []
  for (const line of lines.slice(0, MOST_LINES)) {
    const option = named(list, Object.values(list.options), line) ?? (search && (await sought(list, line, search)))
    if (option) list.addItem(option[list.settings.valueField], true)
    else left.push(line)
  }
  left.push(...lines.slice(MOST_LINES))
  list.setTextboxValue('')
  select.dispatchEvent(new Event('change', { bubbles: true }))
  if (left.length) toast(`${select.dataset.none}: ${left.slice(0, 5).join(', ')}${left.length > 5 ? ` … (${left.length})` : ''}`, 'error')
}

async function sought(list, line, search) {
  const option = named(list, await search(line), line)
  if (option) list.addOption(option)
  return option
}

const named = (list, options, line) => options.find((option) => folded(String(option[list.settings.labelField])) === folded(line))

const folded = (text) => text.trim().toLowerCase().replaceAll('ё', 'е')
