import { assetUrl } from '#core/http'

/** A picture beside words. It has no meaning of its own, so a screen reader passes over it. Names: `resources/img/icons.svg`. */
export function svg(name: string, small = false): string {
  if (!/^[a-z-]+$/.test(name)) throw new Error(`"${name}" cannot name an icon`)
  const size = small ? 'icon icon-small' : 'icon'
  return `<svg class="${size}" aria-hidden="true"><use href="${assetUrl('img/icons.svg')}#${name}"></use></svg>`
}
