import { defineModule } from '#core/modules'

const Search = () => import('./search_controller.js')

export default defineModule({
  name: 'search',
  routes({ staff }) {
    staff('signedIn').get('/search', [Search, 'index'])
  },
})
