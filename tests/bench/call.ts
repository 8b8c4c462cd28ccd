import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

/** A POST of JSON over connections that stay open; answers what it was answered. */
export function call(address: string, headers: object = {}, body: object = {}): Promise<string> {
  const written = JSON.stringify(body)
  const sent = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(written), ...headers }
  return new Promise((resolve, reject) => {
    const asked = request(address, { agent, method: 'POST', headers: sent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part) => (text += part))
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(`${address} answered ${answer.statusCode}: ${text.slice(0, 200)}`))))
    })
    asked.on('error', reject)
    asked.end(written)
  })
}
