import { expect } from 'vitest'
import { addAccount, signedInBrowser } from './accounts.ts'
import type { Browser } from './browser.ts'
import type { Prepared } from './database.ts'
import type { Organisation } from './organisation.ts'

// Signing in with an organisation, as a browser does it.

export const ana = { subject: 'ana-4711', email: 'ana@example.org', name: 'Ana Example' }

export const refused = [401, 'The sign-in with City of Test did not work']

/** Status, and where it leads or what the page is called. */
export const outcome = async (response: Response) => [
  response.status,
  response.headers.get('location') ?? /<h1[^>]*>([^<]*)/.exec(await response.text())?.[1],
]

export const isSignedIn = async (browser: Browser) =>
  ((await (await browser.ask('/api/v1/session')).json()) as { person: { name: string } | null }).person !== null

/** The address to which a form that begins a sign-in sends the browser. */
export async function begin(browser: Browser, path: string, form: Record<string, string> = {}): Promise<string> {
  const response = await browser.ask(path, { form })
  expect(response.status, await response.clone().text()).toBe(200)
  return response.headers.get('refresh')!.replace('0;url=', '')
}

export const comeBack = (browser: Browser, back: URL): Promise<Response> => browser.ask(back.pathname + back.search)

/** The whole way to the organisation and back. */
export async function signInThere(
  organisation: Organisation,
  browser: Browser,
  path = '/sign-in/organisation',
  form: Record<string, string> = {},
): Promise<Response> {
  return comeBack(browser, await organisation.visit(await begin(browser, path, form)))
}

/** An account that has connected its identity. */
export async function connectedAccount(organisation: Organisation, prepared: Prepared): Promise<string> {
  const id = await addAccount(prepared, { email: ana.email })
  const browser = await signedInBrowser(prepared, ana.email)
  expect(await outcome(await signInThere(organisation, browser, '/account/organisation'))).toEqual([
    303,
    '/account?notice=organisation-connected',
  ])
  return id
}
