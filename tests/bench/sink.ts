import { type AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail server in a process of its own that takes everything and keeps nothing; says its port to its parent. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, _session, answer) {
    stream.on('end', () => answer(null))
    stream.resume()
  },
})
server.on('error', () => {})
server.listen(0, '127.0.0.1', () => process.send!((server.server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())
