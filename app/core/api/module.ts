import { defineModule } from '#core/modules'
import { routes } from './routes.js'

/** What other systems read and call: the description of the interface, and objects by API keys. */
export default defineModule({ name: 'api', routes })
