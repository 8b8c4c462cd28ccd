import { type Staff } from '#core/access'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const home = `http://${process.env.HOST}:${process.env.PORT}`

export interface Answer {
  status: number
  words: string
  location: string
  milliseconds: number
}

/** Somebody signed in who sends whatever they like, with the right token: it is not the token that must stop them. */
export class Caller {
  private constructor(
    readonly staff: Staff,
    readonly headers: Record<string, string>
  ) {}

  static async as(role: string) {
    const staff = await aMemberOfStaff({ role })
    const visitor = new Visitor()
    await visitor.signIn(staff.email)
    const page = await visitor.get('/profile')
    const token = /name="csrf-token" content="([^"]+)"/.exec(page.words)![1]
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return new Caller(staff, { cookie, 'x-csrf-token': token, 'accept': 'text/html' })
  }

  get(path: string, headers: Record<string, string> = {}) {
    return this.send('GET', path, undefined, headers)
  }

  post(path: string, form: Record<string, string> = {}) {
    return this.send('POST', path, new URLSearchParams(form))
  }

  async send(method: string, path: string, body?: RequestInit['body'], headers: Record<string, string> = {}): Promise<Answer> {
    const began = Date.now()
    const response = await fetch(home + path, { method, body, redirect: 'manual', headers: { ...this.headers, ...headers } })
    const words = await response.text()
    return { status: response.status, words, location: response.headers.get('location') ?? '', milliseconds: Date.now() - began }
  }
}
