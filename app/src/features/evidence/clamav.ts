import { createReadStream } from 'node:fs'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { AppError } from '../../errors.ts'

// The daemon of ClamAV, asked over its socket (command INSTREAM of clamd): pieces with their length in front, and a zero at the end.

const patience = 60_000 // milliseconds

/** @param address path of a Unix socket, or host:port */
function open(address: string): Socket {
  const network = /^([\w.-]+|\[[\da-f:]+\]):(\d+)$/i.exec(address)
  return network ? connect(Number(network[2]), network[1]!.replaceAll(/[[\]]/g, '')) : connect(address)
}

const lengthOf = (chunk: Uint8Array): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(chunk.length)
  return length
}

async function ask(socket: Socket, path: string): Promise<string> {
  let reply = ''
  socket.setEncoding('utf8').on('data', (text: string) => (reply += text))
  const ended = once(socket, 'end')
  ended.catch(() => {})
  await once(socket, 'connect')
  socket.write('zINSTREAM\0')
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    socket.write(lengthOf(chunk))
    if (!socket.write(chunk)) await once(socket, 'drain')
  }
  socket.write(Buffer.alloc(4))
  await ended
  return reply.replaceAll('\0', '').trim()
}

/**
 * Lets the scanner look at a file.
 * @throws {AppError} FILE_INFECTED with the name of what was found; SCANNER_UNAVAILABLE when there is no clear answer
 */
export async function scanFile(address: string, path: string): Promise<void> {
  const socket = open(address)
  socket.setTimeout(patience, () => socket.destroy(new Error('no answer')))
  const reply = await ask(socket, path)
    .catch(() => '')
    .finally(() => socket.destroy())
  const found = /^stream: (.+) FOUND$/.exec(reply)?.[1]
  if (found !== undefined) throw new AppError('FILE_INFECTED', { finding: found })
  if (reply !== 'stream: OK') throw new AppError('SCANNER_UNAVAILABLE')
}
