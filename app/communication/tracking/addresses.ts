import { appUrl } from '#config/app'

const base = appUrl.replace(/\/$/, '')

/** Public addresses in a mail. `token` is a made one, or the macro that each mail fills. */
export const linkUrl = (position: number, token: string) => `${base}/l/${position}/${token}`
export const openUrl = (token: string) => `${base}/o/${token}.gif`
export const unsubscribeUrl = (token: string) => `${base}/u/${token}`
