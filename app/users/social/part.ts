import { definePart } from '#core/modules'
import { socialAccountObject } from './account_object.js'
import { socialLogin } from './login.js'
import { providerObject } from './provider_object.js'
import { socialStart } from './start.js'

const Tries = () => import('./tries_controller.js')

/** Accounts elsewhere by which customers enter (F30). */
export const social = definePart({
  objects: [providerObject, socialAccountObject],
  methods: [socialStart, socialLogin],
  routes({ staff }) {
    staff('edit', 'social_provider').post('/social-providers/:id/tries', [Tries, 'store'])
  },
})
