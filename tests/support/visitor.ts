import { PASSWORD } from './staff.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

/** A browser without its looks: it keeps cookies and sends the token of the page that it saw last. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  #token = ''

  async get(path: string, headers: Record<string, string> = {}) {
    return this.#ask(path, { headers })
  }

  async post(path: string, form: Record<string, string> | URLSearchParams = {}, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(form)
    if (!body.has('_csrf')) body.set('_csrf', this.#token)
    return this.#ask(path, { method: 'POST', body, headers })
  }

  async upload(path: string, name: string, text: string, fields: Record<string, string> = {}) {
    const body = new FormData()
    for (const [field, value] of Object.entries(fields)) body.append(field, value)
    body.append('file', new Blob([text]), name)
    return this.#ask(path, { method: 'POST', body, headers: { 'x-csrf-token': this.#token } })
  }

  async signIn(email: string, password = PASSWORD) {
    await this.get('/login')
    return this.post('/login', { email, password })
  }

  get session() {
    return this.cookies.get('tessera_session')
  }

  async #ask(path: string, request: RequestInit & { headers: Record<string, string> }) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(home + path, {
      ...request,
      redirect: 'manual',
      headers: { 'accept': 'text/html', 'accept-language': 'en', cookie, ...request.headers },
    })
    this.#keepCookies(response)
    const text = await response.text()
    this.#token = /name='_csrf' value='([^']+)'|name="csrf-token" content="([^"]+)"/.exec(text)?.slice(1).find(Boolean) ?? this.#token
    return Object.assign(response, { words: text })
  }

  #keepCookies(response: Response) {
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/Max-Age=(0|-)/i.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}
