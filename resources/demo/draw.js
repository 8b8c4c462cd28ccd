/** An element with its attributes and what is in it; text is never read as HTML. */
export function el(name, attributes = {}, ...inside) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value)
    else if (typeof value === 'boolean') made.toggleAttribute(key, value)
    else if (value !== undefined && value !== null) made.setAttribute(key, value)
  }
  made.append(...inside.flat().filter((one) => one !== null && one !== undefined))
  return made
}

/** An input below its label, with room for what is wrong with it. */
export const field = (name, label, attributes = {}) =>
  el('div', {}, el('label', { for: name }, label), el('input', { id: name, name, ...attributes }), el('p', { class: 'wrong', id: `${name}-wrong`, hidden: true }))

export const tick = (name, label, { note, ...attributes } = {}) =>
  el('label', { class: 'tick' }, el('input', { type: 'checkbox', name, ...attributes }), el('span', {}, label, note ? el('small', {}, note) : null))

/** Each error at its field: `identifiers.0.value` belongs to the field that says so. */
export function showErrors(form, errors, places = {}) {
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid')
  for (const said of form.querySelectorAll('.wrong')) said.hidden = true
  let first
  for (const [place, words] of Object.entries(errors)) {
    const name = places[place] ?? place
    const input = form.elements.namedItem(name)
    const said = form.querySelector(`#${CSS.escape(name)}-wrong`)
    if (!input || !said) continue
    input.setAttribute('aria-invalid', 'true')
    input.setAttribute('aria-describedby', said.id)
    said.textContent = words
    said.hidden = false
    first ??= input
  }
  first?.focus()
  return Boolean(first)
}
