import { formsIn, type Form } from './forms.ts'

/** A page as it came: where it was at last, and what can be sent from it. */
export interface Page {
  path: string
  status: number
  html: string
  forms: Form[]
}

export type Answers = Record<string, string | string[]>

/** Somebody who uses Tessera without JavaScript: follows links, fills in forms, keeps cookies. */
export class Visitor {
  #cookies = new Map<string, string>()
  #base: string

  constructor(base: string) {
    this.#base = base
  }

  async open(path: string): Promise<Page> {
    return this.#arrive(await this.request(path))
  }

  /** Sends the form of a page whose action is this, with the fields as they stand but for those answered. */
  async send(page: Page, action: string, answers: Answers = {}): Promise<Page> {
    const form = page.forms.find((one) => one.action === action)
    if (!form) {
      const known = page.forms.map((one) => one.action).join(', ')
      throw new Error(`${page.path} has no form for ${action}; it has ${known || 'none'}`)
    }
    const fields = form.fields.filter(([name]) => !(name in answers))
    const answered = Object.entries(answers).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string]))
    const body = new URLSearchParams([...fields, ...answered])
    return this.#arrive(await this.request(action, { method: 'POST', body }))
  }

  /** One exchange; redirects are not followed. */
  async request(path: string, options: RequestInit = {}): Promise<Response> {
    const response = await fetch(new URL(path, this.#base), {
      ...options,
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
      headers: { cookie: this.#cookieHeader(), origin: this.#base, ...(options.headers as Record<string, string>) },
    })
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie)
    return response
  }

  async #arrive(response: Response, hops = 0): Promise<Page> {
    const location = response.headers.get('location')
    if (location && response.status < 400 && hops < 5) {
      await response.body?.cancel()
      return this.#arrive(await this.request(location), hops + 1)
    }
    const html = await response.text()
    const { pathname, search } = new URL(response.url)
    if (response.status >= 400) throw new Refused(pathname, response.status, html)
    return { path: pathname + search, status: response.status, html, forms: formsIn(html) }
  }

  #keep(cookie: string) {
    const [pair] = cookie.split(';')
    const at = pair.indexOf('=')
    this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }

  #cookieHeader() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

/** A page that says no. */
export class Refused extends Error {
  constructor(path: string, status: number, html: string) {
    super(`${path} answered ${status}: ${words(html)}`)
  }
}

function words(html: string) {
  const text = html.replace(/<(script|style)[^]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ')
  return text.replace(/\s+/g, ' ').trim().slice(0, 600)
}
