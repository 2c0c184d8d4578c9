import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Every server of the stack is for this machine alone. */
const HOST = '127.0.0.1'

/** The port is in use by something else. */
export class PortTaken extends Error {
  override name = 'PortTaken'
  readonly port: number
  constructor(port: number) {
    super(`Port ${port} is already in use on ${HOST}.`)
    this.port = port
  }
}

export interface Listening {
  port: number
  /** Stops listening and ends every open connection. */
  close(): Promise<void>
}

/**
 * Listens on 127.0.0.1; port 0 takes a free one.
 * @throws {PortTaken}
 */
export const listen = (server: Server, port: number): Promise<Listening> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    )
    server.listen(port, HOST, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            server.closeAllConnections()
          }),
      })
    })
  })
