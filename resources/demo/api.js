/** The source of this page; a shop writes its own. */
const SOURCE = 'site'
const TOKEN = 'tessera_demo_token'

/** What the interface refused: words for people, and by field. */
export class Refused extends Error {
  constructor({ status, code, detail, errors = {} }) {
    super(detail)
    Object.assign(this, { status, code, errors })
  }
}

export const session = {
  get token() {
    return sessionStorage.getItem(TOKEN)
  },
  begin: (token) => sessionStorage.setItem(TOKEN, token),
  end: () => sessionStorage.removeItem(TOKEN),
}

/** Calls a method. A form that is sent twice has one key, so it happens once. */
export async function call(method, input, { language, key }) {
  const response = await fetch(`/api/v1/${SOURCE}/${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': language,
      ...(session.token && { authorization: `Bearer ${session.token}` }),
      ...(key && { 'idempotency-key': key }),
    },
    body: JSON.stringify(input),
  })
  const answer = await response.json()
  if (response.ok) return answer
  if (response.status === 401 && answer.code === 'customerNeeded') session.end()
  throw new Refused(answer)
}
