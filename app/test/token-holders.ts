import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { type Scope, scopes } from '../src/scopes.ts'
import type { Prepared } from './database.ts'
import { addPerson, type SignedInPerson, signIn } from './signed-in.ts'

// People with an access token, and scripts that use it.

interface Holder extends SignedInPerson {
  secret: string
  id: string
}

export async function makeToken(
  holder: SignedInPerson,
  chosen: readonly Scope[] = scopes,
  expiresAt?: string,
): Promise<{ id: string; token: string }> {
  const response = await holder.ask('/api/v1/account/tokens', {
    json: { name: 'Nightly report', scopes: chosen, ...(expiresAt && { expiresAt }) },
    headers: { 'idempotency-key': randomUUID() },
  })
  expect(response.status).toBe(201)
  return (await response.json()) as { id: string; token: string }
}

export async function tokenHolder(prepared: Prepared, chosen?: readonly Scope[]): Promise<Holder> {
  const holder = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
  const { id, token } = await makeToken(holder, chosen)
  return { ...holder, id, secret: token }
}

/** Asks as a script does: no cookie, no Origin of a browser. */
export const ask = (
  { app }: Prepared,
  secret: string,
  path: string,
  { method = 'GET', json, headers = {} }: { method?: string; json?: unknown; headers?: Record<string, string> } = {},
) =>
  app.request(path, {
    method,
    body: json === undefined ? undefined : JSON.stringify(json),
    headers: {
      authorization: `Bearer ${secret}`,
      'accept-language': 'en',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
  })

export const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
