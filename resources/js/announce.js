// After a swap the focus goes on where the person works: to an error, else to the input that was asked for. It is never lost.
document.addEventListener('htmx:after:swap', ({ detail }) => {
  const target = detail.ctx?.target
  const place = target?.isConnected ? target : target?.id && document.getElementById(target.id)
  if (!place || place.id === 'dialog') return

  const wanted = place.querySelector('[aria-invalid=true]') ?? place.querySelector('form[data-focus] :is(input, select, textarea):not([type=hidden])')
  wanted?.focus()
  if (wanted?.matches('input[type=text]')) wanted.select()
  if (document.activeElement === document.body) place.querySelector('[data-focus-back]')?.focus()
})
