// How a page was left is kept by the server, so that it is drawn so the next time; nobody waits for it.
export function keep(address, words) {
  const token = document.querySelector('meta[name=csrf-token]').content
  fetch(address, { method: 'POST', body: new URLSearchParams(words), headers: { 'X-CSRF-Token': token }, keepalive: true }).catch(() => {})
}
