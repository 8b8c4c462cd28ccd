import { defineModule } from '#core/modules'

const Filters = () => import('./filters_controller.js')

export default defineModule({
  name: 'filters',
  routes({ staff }) {
    staff('read', ':object').get('/filters/:object', [Filters, 'show'])
    staff('read', ':object').post('/filters/:object', [Filters, 'update'])
  },
})
