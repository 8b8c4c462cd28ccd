import { refusalOf } from '#core/http'
import { DomainError, type Reader } from '#core/objects'
import { configurationOf, providerToTry } from './provider.js'
import { ProviderSilent } from './refusals.js'

export interface Told {
  good: boolean
  sentence: string
}

/** Asks a provider what it says of itself, and tells whoever set it up what to mend where that does not hold. */
export async function tryProvider(id: number, reader: Reader): Promise<Told> {
  const provider = await providerToTry(id)
  try {
    const { authorization_endpoint: address } = (await configurationOf(provider)).serverMetadata()
    if (!address) return { good: false, sentence: reader.t('social_provider.tried.notProvider') }
    return { good: true, sentence: reader.t('social_provider.tried.good', { host: new URL(address).host }) }
  } catch (error) {
    if (!(error instanceof ProviderSilent)) throw error
    return { good: false, sentence: sentenceOf(causesOf(error), reader) }
  }
}

function sentenceOf(causes: Error[], reader: Reader): string {
  const refused = causes.find((cause) => cause instanceof DomainError)
  if (refused) return refusalOf(refused, reader)
  const codes = causes.map((cause) => (cause as { code?: string }).code ?? '')
  const name = Object.keys(faults).find((one) => codes.includes(faults[one])) ?? 'notProvider'
  return reader.t(`social_provider.tried.${name}`)
}

/** Codes of openid-client, by the words in which they are told. */
const faults: Record<string, string> = {
  anotherIssuer: 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  noDescription: 'OAUTH_RESPONSE_IS_NOT_CONFORM',
}

/** From what stopped it to what began it, without our own word for all of them. */
function causesOf({ cause }: Error): Error[] {
  return cause instanceof Error ? [cause, ...causesOf(cause)] : []
}
