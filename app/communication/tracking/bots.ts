import { isbot } from 'isbot'

/** They fetch a picture because a person opened the mail, and hide which person. */
const PICTURE_PROXIES = /GoogleImageProxy|YahooMailProxy|YandexImageProxy|ImageProxy/i

/** Whether nobody sat behind a request. */
export function opensAsBot(userAgent: string | undefined) {
  return !userAgent || (isbot(userAgent) && !PICTURE_PROXIES.test(userAgent))
}

export function clicksAsBot(userAgent: string | undefined) {
  return !userAgent || isbot(userAgent)
}
