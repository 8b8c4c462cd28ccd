import { once } from 'node:events'
import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../bin/launcher/ports.ts'
import { root } from '../../bin/launcher/state.ts'
import { hasEnded, run, stopChild } from '../../bin/launcher/service.ts'

/** Tessera as it really runs: a web server and a worker, and commands beside them. */
export class Product {
  readonly address: string
  #environment: Record<string, string>
  #running: ChildProcess[] = []

  private constructor(environment: Record<string, string>) {
    this.#environment = environment
    this.address = environment.APP_URL
  }

  /** Tables are made, nobody and nothing is in them. */
  static async on(databaseUrl: string) {
    const port = await freePort()
    const product = new Product({
      ...(process.env as Record<string, string>),
      NODE_ENV: 'production',
      TZ: 'UTC',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
      HOST: '127.0.0.1',
      PORT: String(port),
      APP_URL: `http://127.0.0.1:${port}`,
      APP_KEY: 'a-key-that-protects-nothing-but-this-journey',
      DATABASE_URL: databaseUrl,
      CAPTURE_SMTP_PORT: String(await freePort()),
      DEMO: 'off',
      SEND_UNDO_SECONDS: '2',
    })
    await product.command('up')
    return product
  }

  async start() {
    this.#running = [run('bin/server.ts', [], this.#environment), run('ace.js', ['work'], this.#environment)]
    while (!(await this.#answers())) {
      if (this.#running.some(hasEnded)) throw new Error('The web server or the worker ended while starting')
      await pause(100)
    }
  }

  async stop() {
    await Promise.all(this.#running.map(stopChild))
  }

  /** `npm run ace -- import ...`, and what it printed. */
  async command(...words: string[]): Promise<string> {
    const child = spawn(process.execPath, ['--import=@poppinss/ts-exec', 'ace.js', ...words], {
      cwd: root,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk) => (said.stdout += chunk))
    child.stderr.on('data', (chunk) => (said.stderr += chunk))
    const [code] = await once(child, 'close')
    if (code !== 0) throw new Error(`ace ${words.join(' ')} ended with ${code}:\n${said.stdout}\n${said.stderr}`)
    return said.stdout
  }

  async #answers() {
    const options = { signal: AbortSignal.timeout(2_000) }
    const response = await fetch(`${this.address}/health/ready`, options).catch(() => undefined)
    await response?.body?.cancel()
    return response?.ok ?? false
  }
}
