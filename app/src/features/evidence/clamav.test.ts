import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { scanFile } from './clamav.ts'

// Debian's ClamAV is not on every machine, so this speaks with a stand-in that follows the same protocol (man clamd, INSTREAM) and
// finds one word. It shows that the bytes arrive whole and that each answer is understood, not that viruses are found.

const folder = mkdtempSync(join(tmpdir(), 'tessera-scan-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Puts the pieces together again and answers when the empty one has come. */
function standIn(answer: (content: Buffer) => string): Server {
  return createServer((socket) => {
    let held = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      held = Buffer.concat([held, piece as Buffer])
      const content: Buffer[] = []
      for (let at = 'zINSTREAM\0'.length; at + 4 <= held.length;) {
        const length = held.readUInt32BE(at)
        if (length === 0) return void socket.end(`${answer(Buffer.concat(content))}\0`)
        if (at + 4 + length > held.length) return
        content.push(held.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
    })
  })
}

async function listening(server: Server, address: string | number): Promise<string> {
  await new Promise<void>((resolve) => server.listen(address, resolve))
  const bound = server.address()
  return typeof bound === 'string' ? bound : `127.0.0.1:${bound!.port}`
}

const fileOf = (name: string, content: Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

describe('asking the virus scanner', () => {
  it('sends the whole file, over a socket or a port, and names what was found', async () => {
    const seen: number[] = []
    const server = standIn((content) => {
      seen.push(content.length)
      return content.includes('harmful') ? 'stream: Test.Finding FOUND' : 'stream: OK'
    })
    for (const where of [join(folder, 'clamd.sock'), 0]) {
      const address = await listening(server, where)
      await scanFile(address, fileOf('good', Buffer.alloc(700_000, 'x')))
      await expect(scanFile(address, fileOf('bad', Buffer.from('some harmful words')))).rejects.toMatchObject({
        code: 'FILE_INFECTED',
        values: { finding: 'Test.Finding' },
      })
      await new Promise((resolve) => server.close(resolve))
    }
    expect(seen).toEqual([700_000, 18, 700_000, 18])
  })

  it('takes silence, refusal and nonsense for no answer, never for a clean file', async () => {
    const path = fileOf('any', Buffer.from('words'))
    await expect(scanFile(join(folder, 'nobody.sock'), path)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE' })
    for (const reply of ['INSTREAM size limit exceeded. ERROR', '']) {
      const server = standIn(() => reply)
      const address = await listening(server, 0)
      await expect(scanFile(address, path)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE' })
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
