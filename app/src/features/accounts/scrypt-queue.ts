import { hashPassword, verifyPassword } from 'better-auth/crypto'

/** Lets `limit` pieces of work run at once; the others wait their turn. */
export function createQueue(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/** scrypt takes about 0.1 s and 32 MB each time: two at once leave a small machine able to answer others. */
const inTurn = createQueue(2)

export const passwords = {
  hash: (password: string): Promise<string> => inTurn(() => hashPassword(password)),
  verify: (given: { hash: string; password: string }): Promise<boolean> => inTurn(() => verifyPassword(given)),
}
