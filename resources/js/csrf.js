// Requests of htmx prove themselves by a header; plain forms carry the field `_csrf`.
document.addEventListener('htmx:config:request', ({ detail }) => {
  const { request } = detail.ctx
  if (request.method === 'GET') return
  request.headers['X-CSRF-Token'] = document.querySelector('meta[name=csrf-token]').content
})
