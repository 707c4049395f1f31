import { randomBytes } from 'node:crypto'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { inContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { recordEvent } from '../audit/queries.ts'
import { acceptAsPerson, openInvitation } from './accept-invitation.ts'
import { maximumNameLength } from './account.ts'
import { invitationPath } from './mails.ts'
import { flowMs, type OidcFlow, type OidcIdentity, type OidcPurpose, providerIdOf } from './oidc.ts'
import type { OidcProvider } from './oidc-provider.ts'
import { deleteIdentity, findIdentity, findSignInWays, insertIdentity } from './oidc-queries.ts'
import { findPerson, getTwoFactorState } from './queries.ts'
import { type SignInStep, startSecondStep, startSession } from './sign-in.ts'
import { acceptInvitation } from './usecases.ts'
import type { Visit } from './visit.ts'

/** The organisation's sign-in. @throws {AppError} NOT_FOUND where none is set up */
export function requireOidc({ oidc }: Services): OidcProvider {
  if (oidc === null) throw new AppError('NOT_FOUND')
  return oidc
}

/** Who may begin: demonstration accounts stay as they are, and one account has one identity. */
async function requireConnectable(services: Services, person: Person): Promise<void> {
  const { settings } = requireOidc(services)
  const permission = can(person, 'account.manage')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  if (person.isDemo) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'accounts.step.demo' })
  const { isConnected } = await inContext(services.db, { scope: 'sign-in' }, (tx) =>
    findSignInWays(tx, person.id, providerIdOf(settings.issuer)),
  )
  if (isConnected) throw new AppError('OIDC_CONNECTED', { name: settings.name })
}

/** Where to send the browser, and what it keeps until it comes back. */
export interface OidcStart {
  address: string
  /** Encrypted, for a cookie. */
  sealed: string
}

/** Begins a sign-in at the organisation. @param redirectUri address of our callback */
export async function startOidc(services: Services, purpose: OidcPurpose, redirectUri: string): Promise<OidcStart> {
  const oidc = requireOidc(services)
  if (purpose.kind === 'invitation') await openInvitation(services, purpose.token)
  const secret = () => randomBytes(32).toString('base64url')
  const until = services.now().getTime() + flowMs
  const flow: OidcFlow = { purpose, state: secret(), nonce: secret(), verifier: secret(), redirectUri, until }
  const address = await oidc.addressFor(flow)
  return { address, sealed: await symmetricEncrypt({ key: services.secrets.signIn, data: JSON.stringify(flow) }) }
}

/** Begins to connect the account of somebody who is signed in. */
export async function startConnecting(services: Services, person: Person, redirectUri: string): Promise<OidcStart> {
  await requireConnectable(services, person)
  return startOidc(services, { kind: 'connect', personId: person.id }, redirectUri)
}

async function unseal(services: Services, sealed: string | undefined): Promise<OidcFlow | null> {
  const text = await symmetricDecrypt({ key: services.secrets.signIn, data: sealed ?? '' }).catch(() => null)
  const flow = text === null ? null : (JSON.parse(text) as OidcFlow)
  return flow === null || flow.until <= services.now().getTime() ? null : flow
}

/** What the provider sent back in the address. */
export interface OidcAnswer {
  code?: string
  state?: string
  iss?: string
  error?: string
}

/** Where the browser goes now; a step of signing in carries cookies. */
export interface OidcOutcome {
  step: SignInStep | null
  next: string
}

/**
 * Takes the provider's answer: signs in, connects the account, or accepts the invitation, as was begun.
 * @throws {AppError} OIDC_REFUSED, OIDC_UNAVAILABLE, OIDC_UNKNOWN, OIDC_OTHER_PERSON, OIDC_CONNECTED
 */
export async function finishOidc(
  services: Services,
  visit: Visit,
  { person, sealed, answer }: { person: Person | null; sealed: string | undefined; answer: OidcAnswer },
): Promise<OidcOutcome> {
  const oidc = requireOidc(services)
  const flow = await unseal(services, sealed)
  if (flow === null) throw oidc.refused('no sign-in was begun in this browser')
  if (answer.state !== flow.state) throw oidc.refused('state')
  if (await oidc.isFromOther(answer.iss)) throw oidc.refused('iss')
  if (answer.error !== undefined || !answer.code) throw oidc.refused('the provider refused')
  const identity = await oidc.identify(answer.code, flow)
  const { purpose } = flow
  if (purpose.kind === 'sign-in') return { step: await signInAs(services, visit, identity), next: purpose.next }
  if (purpose.kind === 'invitation') return acceptAs(services, visit, identity, purpose)
  if (person?.id !== purpose.personId) throw oidc.refused('another person is signed in here now')
  await connect(services, person, identity)
  return { step: null, next: '/account?notice=organisation-connected' }
}

const providerId = (services: Services): string => providerIdOf(requireOidc(services).settings.issuer)

/** Signs in whoever has this identity; who has a second step here gives it unless the provider has asked for one. */
async function signInAs(services: Services, visit: Visit, identity: OidcIdentity): Promise<SignInStep> {
  const { personId, twoFactor } = await inContext(services.db, { scope: 'sign-in' }, async (tx) => {
    const found = await findIdentity(tx, providerId(services), identity.subject)
    return { personId: found, twoFactor: found === null ? 'off' : await getTwoFactorState(tx, found) }
  })
  if (personId === null) throw new AppError('OIDC_UNKNOWN', { name: requireOidc(services).settings.name })
  if (twoFactor === 'on' && !identity.isMultiFactor) return startSecondStep(services, visit, personId)
  return startSession(services, visit, personId, 'organisation', identity.isMultiFactor)
}

/** So that nobody connects a colleague's sign-in that is open on a shared machine. */
function requireSameAddress(services: Services, identity: OidcIdentity, email: string): void {
  if (identity.email === email) return
  throw new AppError('OIDC_OTHER_PERSON', { name: requireOidc(services).settings.name, there: identity.email ?? 'none', here: email })
}

async function connect(services: Services, person: Person, identity: OidcIdentity): Promise<void> {
  await requireConnectable(services, person)
  requireSameAddress(services, identity, person.email)
  await inContext(services.db, { scope: 'sign-in' }, (tx) => addIdentity(services, tx, person.id, identity))
}

async function addIdentity(services: Services, tx: Db, personId: string, { subject }: OidcIdentity): Promise<void> {
  const now = services.now()
  if (!(await insertIdentity(tx, { personId, providerId: providerId(services), subject, now })))
    throw new AppError('OIDC_CONNECTED', { name: requireOidc(services).settings.name })
  await recordEvent(tx, {
    action: 'person.organisation-connected',
    personId,
    cityId: null,
    subject: `person:${personId}`,
    payload: {},
    now,
  })
}

/** Accepts an invitation: as the account that has this identity, or with a new account without a password. */
async function acceptAs(
  services: Services,
  visit: Visit,
  identity: OidcIdentity,
  { token, language }: { token: string; language: string },
): Promise<OidcOutcome> {
  const { invitation, hasAccount } = await openInvitation(services, token)
  const known = await inContext(services.db, { scope: 'sign-in' }, async (tx) => {
    const personId = await findIdentity(tx, providerId(services), identity.subject)
    return personId === null ? null : findPerson(tx, personId)
  })
  if (known !== null) {
    if (known.email !== invitation.email) throw new AppError('INVITATION_WRONG_PERSON') // before a session begins
    const step = await signInAs(services, visit, identity)
    if (step.kind === 'second-step') return { step, next: invitationPath(token) }
    await acceptAsPerson(services, known, token)
    return { step, next: '/home' }
  }
  requireSameAddress(services, identity, invitation.email)
  if (hasAccount) throw new AppError('OIDC_UNKNOWN', { name: requireOidc(services).settings.name })
  const name = (identity.name ?? invitation.email.split('@')[0]!).slice(0, maximumNameLength)
  const personId = await inContext(services.db, { scope: 'sign-in' }, async (tx) => {
    const account = { name, language, passwordHash: null }
    const made = await acceptInvitation(tx, null, { token, account, now: services.now() })
    await addIdentity(services, tx, made.personId, identity)
    return made.personId
  })
  return { step: await startSession(services, visit, personId, 'organisation', identity.isMultiFactor), next: '/home' }
}

/** Takes the organisation's sign-in off an account; a password must be left. @throws {AppError} STEP_NOT_AVAILABLE */
export async function disconnectOidc(services: Services, db: Db, person: Person): Promise<void> {
  const id = providerId(services)
  const { hasPassword, isConnected } = await findSignInWays(db, person.id, id)
  if (!isConnected) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'accounts.step.not-connected' })
  if (!hasPassword) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'accounts.step.no-password' })
  await deleteIdentity(db, person.id, id)
  const event = {
    action: 'person.organisation-disconnected',
    personId: person.id,
    cityId: null,
    subject: `person:${person.id}`,
    payload: {},
  }
  await recordEvent(db, { ...event, now: services.now() })
}
