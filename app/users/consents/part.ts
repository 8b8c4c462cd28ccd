import { definePart } from '#core/modules'
import { optIn, optOut } from './callbacks.js'
import { campaignAgreeObject } from './campaign_agree_object.js'
import { subscriptionObject, unsubscribeObject } from './choice_objects.js'
import { consentDocumentObject } from './consent_document_object.js'
import { consentObject } from './consent_object.js'
import { agreeToCampaign, consentDocuments, sayConsent } from './methods.js'
import { consentGiven, consentWithdrawn, userSubscribed, userUnsubscribed } from './signals.js'
import { getUnsubscribe, subscribeUser, unsubscribeUser, updateUnsubscribe } from './subscription_methods.js'

/** What customers agree to, under which document, and what they get (F34-F40). */
export const consents = definePart({
  objects: [campaignAgreeObject, unsubscribeObject, subscriptionObject, consentDocumentObject, consentObject],
  signals: [userUnsubscribed, userSubscribed, consentGiven, consentWithdrawn],
  methods: [
    consentDocuments, sayConsent, agreeToCampaign, getUnsubscribe, updateUnsubscribe, subscribeUser, unsubscribeUser, optIn, optOut,
  ],
})
