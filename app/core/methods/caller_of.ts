import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, languageAskedFor, readerOf, traceOf } from '#core/http'
import { proveCallback } from './callback.js'
import { doors, type Session, type Source } from './doors.js'
import { type Call, type Method } from './method.js'
import { CustomerNeeded, SourceKeyNeeded } from './refusals.js'

/** Who calls, and for whom. Throws what refuses them. */
export async function callerOf(method: Method, source: Source, ctx: HttpContext): Promise<Omit<Call, 'input' | 'files'>> {
  return {
    source,
    method: method.name,
    ...(await (method.caller === 'callback' ? systemBehind(method, source, ctx) : speakerOf(method, source, ctx))),
    address: ctx.request.ip(),
    userAgent: (ctx.request.header('user-agent') ?? '').slice(0, 500),
    trace: traceOf(ctx),
    reader: readerOf(ctx),
    language: languageAskedFor(ctx),
    actor: { ...actorOf(ctx), source: source.id, method: method.name },
  }
}

type Speaker = Pick<Call, 'byServer' | 'userId' | 'session'>

async function speakerOf(method: Method, source: Source, ctx: HttpContext): Promise<Speaker> {
  const key = ctx.request.header('x-source-key')
  const byServer = key !== undefined && source.opens(key)
  if ((key !== undefined && !byServer) || (!byServer && (method.caller === 'server' || !source.frontEnd))) throw new SourceKeyNeeded()

  const session = await sessionOf(source, ctx)
  const userId = session?.userId ?? (byServer ? await namedBy(ctx) : null)
  if (method.caller === 'customer' && userId === null) throw new CustomerNeeded()
  return { byServer, userId, session }
}

async function systemBehind({ name }: Method, source: Source, ctx: HttpContext): Promise<Speaker> {
  await proveCallback(name, source, ctx)
  return { byServer: true, userId: null, session: null }
}

async function sessionOf(source: Source, { request }: HttpContext): Promise<Session | null> {
  const header = request.header('authorization')
  if (header === undefined) return null
  const [, token] = /^Bearer ([\w-]{1,200})$/i.exec(header) ?? []
  const session = token ? await doors.session?.(token, source) : undefined
  if (!session) throw new CustomerNeeded()
  return session
}

/** `X-User: 15` or `X-User: phone:+79160000000`, from a server that has proved to be one. */
async function namedBy({ request }: HttpContext): Promise<number | null> {
  const named = request.header('x-user')
  if (named === undefined) return null
  const userId = await doors.customer?.(named)
  if (userId === undefined) throw new CustomerNeeded()
  return userId
}
