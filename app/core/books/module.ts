import { defineModule } from '#core/modules'
import { routes } from './routes.js'

/** What every reference book has besides its section: places that change, and a value that is offered no more. */
export default defineModule({ name: 'books', routes })
