import { appUrl } from '#config/app'
import { type Reader } from '#core/objects'

/** The one time that somebody sees a key (`secrets::shown`). */
export function keyShown({ id, written }: { id: number; written: string }, { t }: Reader) {
  return {
    title: t('api_key.shown'),
    back: { href: '/api-keys', label: t('api_key.many') },
    text: t('secrets.shownOnce'),
    secret: written,
    command: `curl -H "Authorization: Bearer ${written}" ${appUrl}/api/v1/ping`,
    next: [{ label: t('api_key.toKey'), href: `/api-keys/${id}`, tone: 'primary' }],
  }
}
