import { ListLoader } from '@adonisjs/core/ace'
import MailBounces from './intake/mail_bounces_command.js'

const loader = new ListLoader([MailBounces])

export const getMetaData = () => loader.getMetaData()
export const getCommand = (metaData: Parameters<typeof loader.getCommand>[0]) => loader.getCommand(metaData)
