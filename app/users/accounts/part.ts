import { definePart } from '#core/modules'
import { changePassword } from './change_password.js'
import { editUser } from './edit.js'
import { userInfo } from './info.js'
import { login } from './login.js'
import { loginWithoutPassword } from './login_without_password.js'
import { admitUser, unserved } from '../standing/admit.js'
import { customerNamed } from './owner.js'
import { register } from './register.js'
import { restorePassword } from './restore_password.js'

/** What customers do themselves, through sites and apps. */
export const accounts = definePart({
  methods: [register, login, loginWithoutPassword, userInfo, editUser, changePassword, restorePassword],
  doors: { customer: customerNamed, held: admitUser, unserved },
})
