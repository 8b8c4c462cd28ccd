import { defineModule } from '#core/modules'
import { noticeJob } from './tell.js'

/** Mail from the product to those who work in it. What customers get is sent by the section of communication. */
export default defineModule({ name: 'mail', jobs: [noticeJob] })
