import app from '@adonisjs/core/services/app'
import { defineConfig, drivers } from '@adonisjs/core/hash'

/** Above the floor of OWASP (19 MiB, 2 passes). */
export const realCost = { memory: 47_104, iterations: 3 }

/** Tests hash a lot, and so cheaply. */
const cost = app.inTest ? { memory: 1024, iterations: 2 } : realCost

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
