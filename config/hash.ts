import app from '@adonisjs/core/services/app'
import { defineConfig, drivers } from '@adonisjs/core/hash'

/** Above the floor of OWASP (19 MiB, 2 passes); tests hash cheaply, since they hash a lot. */
const cost = app.inTest ? { memory: 1024, iterations: 2 } : { memory: 47_104, iterations: 3 }

const hashConfig = defineConfig({
  default: 'argon2id',
  list: {
    argon2id: drivers.argon2({ variant: 'id', parallelism: 1, ...cost }),
  },
})

export default hashConfig

declare module '@adonisjs/core/types' {
  export interface HashersList extends InferHashers<typeof hashConfig> {}
}
