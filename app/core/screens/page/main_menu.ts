import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { readerOf } from '#core/http'
import { menu, menuGroups, type MenuEntry, type MenuGroup } from '#core/modules'

/** The main menu as this person sees it (F1): entries that they may read, in groups that have any. */
export function mainMenu(ctx: HttpContext) {
  const { t } = readerOf(ctx)
  const staff = 'auth' in ctx ? ctx.auth.user : undefined
  const allowed = menu.filter(({ right, object }) => staff && (!object || may(staff, right ?? 'read', object)))

  return menuGroups
    .map((group) => {
      const entries = allowed
        .filter((entry) => entry.group === group)
        .map((entry) => ({ label: t(`menu.${entry.name}`), path: entry.path, key: entry.key, current: isCurrent(entry, ctx) }))
      return { name: group, label: t(`menu.${group}`), open: !rare.includes(group) || entries.some(({ current }) => current), entries }
    })
    .filter(({ entries }) => entries.length > 0)
}

/** Groups that are opened now and then: shut, they leave room to the others. */
const rare: MenuGroup[] = ['books']

function isCurrent({ path }: MenuEntry, { request }: HttpContext) {
  const here = request.url()
  return here === path || here.startsWith(`${path}/`)
}
