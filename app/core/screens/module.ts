import { defineModule } from '#core/modules'
import { routes } from './routes.js'

/** The generic screens, drawn from what objects declare. They come last: their addresses are those that no section claims. */
export default defineModule({ name: 'screens', routes })
