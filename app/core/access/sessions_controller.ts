import type { HttpContext } from '@adonisjs/core/http'
import { goTo, ownPath, readerOf, TooManyRequests } from '#core/http'
import { forgetPlace, holds } from './places/place.js'
import { sentText } from './sent_text.js'
import { signIn } from './sign_in.js'

/** Signing in and out. */
export default class SessionsController {
  async create(ctx: HttpContext) {
    const target = ownPath(ctx.request.input('return')) ?? '/'
    if ((await ctx.auth.check()) && (await holds(ctx, ctx.auth.getUserOrFail()))) return ctx.response.redirect().toPath(target)
    return form(ctx, { target })
  }

  async store(ctx: HttpContext) {
    const { email, password } = typedIn(ctx)
    const target = ownPath(ctx.request.input('return')) ?? '/'
    try {
      const outcome = await signIn(ctx, email, password)
      if (outcome === 'signedIn') return goTo(ctx, target)
      if (outcome === 'code') return goTo(ctx, `/login/code?${new URLSearchParams({ return: target })}`)
    } catch (error) {
      if (!(error instanceof TooManyRequests)) throw error
      ctx.response.status(429).header('retry-after', error.seconds)
      return form(ctx, { target, email, problem: readerOf(ctx).t('access.tooMany', { seconds: error.seconds }) })
    }
    ctx.response.status(422)
    return form(ctx, { target, email, problem: readerOf(ctx).t('access.wrong') })
  }

  async destroy(ctx: HttpContext) {
    await forgetPlace(ctx)
    await ctx.auth.use('staff').logout()
    ctx.session.clear()
    ctx.session.regenerate()
    return goTo(ctx, '/login')
  }
}

function typedIn({ request }: HttpContext) {
  const { email, password } = request.only(['email', 'password'])
  return { email: sentText(email).slice(0, 320), password: sentText(password) }
}

function form(ctx: HttpContext, state: { target: string; email?: string; problem?: string }) {
  return ctx.view.render('access::sign_in', { email: '', problem: null, ...state })
}
