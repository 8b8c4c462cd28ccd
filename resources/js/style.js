// htmx carries the style attribute of an old element over to the new one with its id, which the content security policy
// refuses with a warning. What scripts have hidden or sized is drawn anew anyway, so nothing is lost by dropping it first.
document.addEventListener('htmx:before:swap', ({ detail }) => {
  for (const styled of detail.ctx.target?.querySelectorAll('[id][style]') ?? []) styled.removeAttribute('style')
})
