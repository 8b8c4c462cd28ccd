// A value that may be changed is changed by a click on it; its pencil is for the keyboard.
document.addEventListener('click', ({ target }) => {
  const fact = target.closest?.('.fact-editable')
  if (!fact || target.closest('a, button, input, select, textarea, label') || String(getSelection())) return
  fact.querySelector('[data-edit-fact]').click()
})
