import type { HttpContext } from '@adonisjs/core/http'
import { allRoles, offeredRights, outdateRoles, refreshRoles, roleName, type Role } from '#core/access'
import { transaction } from '#core/database'
import { actorOf, goTo, idParam, NotFound, readerOf, toast } from '#core/http'
import { DomainError, objects, type Right } from '#core/objects'
import { matrixOf } from './matrix.js'
import { HalfAForm, RightsChanged } from './refusals.js'
import { changedAt, saveRights, type Ticks } from './save_rights.js'

/** What a role may do: the matrix of objects and rights. */
export default class RoleRightsController {
  async show(ctx: HttpContext) {
    return page(ctx, roleOfAddress(ctx))
  }

  async update(ctx: HttpContext) {
    const role = roleOfAddress(ctx)
    if (role.code === 'administrator') return goTo(ctx, `/roles/${role.id}/rights`)
    const ticks = ticked(ctx.request.input('rights'))
    outdateRoles()
    await refreshRoles()
    try {
      if (ctx.request.input('whole') !== '1') throw new HalfAForm()
      await transaction((trx) => saveRights(role, ticks, String(ctx.request.input('seen')), actorOf(ctx), trx))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      ctx.response.status(error instanceof RightsChanged ? 409 : 422)
      return page(ctx, role, error)
    }
    toast(ctx, readerOf(ctx).t('rights.saved'))
    return goTo(ctx, `/roles/${role.id}/rights`)
  }
}

async function page(ctx: HttpContext, role: Role, refusal?: DomainError) {
  const reader = readerOf(ctx)
  return ctx.view.render('roles::rights', {
    role,
    name: roleName(role.code, reader),
    refusal: refusal && reader.t(`refusals.${refusal.code}`),
    seen: await changedAt(role.id),
    ...matrixOf(role, reader),
  })
}

function roleOfAddress(ctx: HttpContext): Role {
  const id = idParam(ctx, 'id')
  const role = allRoles().find((one) => one.id === id)
  if (!role) throw new NotFound()
  return role
}

/** `rights[user][]=read`, with an empty one for each object that was shown: one whose ticks are all gone is told from one unseen. */
function ticked(sent: unknown): Ticks {
  const lists = sent && typeof sent === 'object' ? (sent as Record<string, unknown>) : {}
  const shown = objects.all().filter(({ name }) => Object.hasOwn(lists, name))
  return new Map(shown.map((object) => [object.name, offeredRights(object).filter((right) => namesIn(lists[object.name]).includes(right))]))
}

const namesIn = (list: unknown) => Object.values(list && typeof list === 'object' ? list : {}) as Right[]
