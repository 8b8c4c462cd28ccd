import { Parser } from 'htmlparser2'

/** A form as a browser would send it if nobody touched it. */
export interface Form {
  action: string
  fields: [name: string, value: string][]
}

/** Every form of a page. */
export function formsIn(html: string): Form[] {
  const forms: Form[] = []
  let form: Form | undefined
  let select: { name: string; first?: string; chosen: string[] } | undefined
  let area: { name: string; text: string } | undefined

  const parser = new Parser({
    onopentag(tag, given) {
      if (tag === 'form') forms.push((form = { action: given.action || given['hx-post'] || '', fields: [] }))
      if (!form || 'disabled' in given) return
      if (tag === 'input' && counts(given)) form.fields.push([given.name, given.value ?? 'on'])
      if (tag === 'select') select = { name: given.name, chosen: [] }
      if (tag === 'textarea') area = { name: given.name, text: '' }
      if (tag === 'option' && select) {
        select.first ??= given.value ?? ''
        if ('selected' in given) select.chosen.push(given.value ?? '')
      }
    },
    ontext(text) {
      if (area) area.text += text
    },
    onclosetag(tag) {
      if (tag === 'select' && select && form) {
        const values = select.chosen.length ? select.chosen : [select.first ?? ''].filter(() => select?.first !== undefined)
        if (select.name) form.fields.push(...values.map((value): [string, string] => [select!.name, value]))
        select = undefined
      }
      if (tag === 'textarea' && area && form) {
        if (area.name) form.fields.push([area.name, area.text.replace(/^\n/, '')])
        area = undefined
      }
      if (tag === 'form') form = undefined
    },
  })
  parser.write(html)
  parser.end()
  return forms
}

const unsent = ['submit', 'button', 'image', 'file', 'reset']

function counts(input: Record<string, string>) {
  if (!input.name || unsent.includes(input.type)) return false
  return !['checkbox', 'radio'].includes(input.type) || 'checked' in input
}
