// After a swap the place that asked for the eyes gets the focus: an error first, else [data-focus].
document.addEventListener('htmx:after:swap', ({ detail }) => {
  const target = detail.ctx?.target
  if (!target?.isConnected || target.id === 'dialog') return
  const wanted = target.querySelector?.('[aria-invalid=true]') ?? target.querySelector?.('[data-focus]')
  wanted?.focus()
  if (wanted?.matches('input[type=text]')) wanted.select()
})
