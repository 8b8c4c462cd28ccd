import { defineModule } from '#core/modules'
import { settingsObject } from './settings_object.js'

const Brand = () => import('./brand_controller.js')
const Logos = () => import('./logo/logos_controller.js')
const Settings = () => import('./settings_controller.js')

export default defineModule({
  name: 'settings',
  menu: [{ group: 'settings', name: 'company', path: '/settings', object: 'settings' }],
  objects: [settingsObject],
  routes({ staff, open }) {
    staff('read', 'settings').get('/settings', [Settings, 'show'])
    staff('edit', 'settings').post('/settings', [Settings, 'update'])
    open.get('/brand.css', [Brand, 'show'])
    open.get('/logo/:version', [Logos, 'show'])
  },
})
