import { type RouteGroups } from '#core/access'
import { books } from './book.js'

const Moves = () => import('./moves_controller.js')
const Inactivities = () => import('./inactivities_controller.js')

export function routes({ staff }: RouteGroups) {
  for (const { name, path } of books) {
    const edited = staff('edit', name)
    edited.post(`/${path}/:id/moves/:way`, [Moves, 'store']).where('way', /^(up|down)$/).as(`${name}.moves`)
    edited.post(`/${path}/:id/inactivity`, [Inactivities, 'store']).as(`${name}.inactivity`)
  }
}
