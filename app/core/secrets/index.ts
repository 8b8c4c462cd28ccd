export { sealed, unsealed } from './sealed.js'
export { isSignedBy, isSigningSecret, newSigningSecret, signatureHeaders, type Signed } from './signature.js'
