import { createHash } from 'node:crypto'
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import type { OidcSettings } from '../../config.ts'
import { AppError } from '../../errors.ts'
import { identityOf, isForClient, type OidcFlow, type OidcIdentity, signatureAlgorithms, verifiedEmail } from './oidc.ts'

const timeoutMs = 5_000
const metadataMs = 60 * 60 * 1000 // providers change their addresses seldom
const clockToleranceSeconds = 60

const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
})
type Metadata = z.infer<typeof metadataSchema>

const tokensSchema = z.object({ id_token: z.string(), access_token: z.string().optional() })

interface Known {
  metadata: Metadata
  keys: ReturnType<typeof createRemoteJWKSet>
  /** ms */
  until: number
}

/** The organisation's sign-in (OpenID Connect, code flow with PKCE). Nothing is fetched before the first use. */
export class OidcProvider {
  readonly settings: OidcSettings
  private readonly now: () => Date
  private known: Promise<Known> | null = null

  constructor(settings: OidcSettings, now: () => Date) {
    this.settings = settings
    this.now = now
  }

  /** The page of the provider on which a person signs in. @throws {AppError} OIDC_UNAVAILABLE */
  async addressFor({
    state,
    nonce,
    verifier,
    redirectUri,
  }: Pick<OidcFlow, 'state' | 'nonce' | 'verifier' | 'redirectUri'>): Promise<string> {
    const { metadata } = await this.discover()
    const address = new URL(metadata.authorization_endpoint)
    const parameters = {
      response_type: 'code',
      client_id: this.settings.clientId,
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
    return address.href
  }

  /** Whether the answer names an issuer that is not ours (RFC 9207). */
  async isFromOther(issuer: string | undefined): Promise<boolean> {
    return issuer !== undefined && issuer !== (await this.discover()).metadata.issuer
  }

  /** Turns the code of an answer into an identity. @throws {AppError} OIDC_REFUSED, OIDC_UNAVAILABLE */
  async identify(code: string, flow: OidcFlow): Promise<OidcIdentity> {
    const known = await this.discover()
    const tokens = await this.exchange(known.metadata, code, flow)
    const claims = await this.verify(known, tokens.id_token, flow.nonce)
    const isEmailMissing = verifiedEmail(claims) === null && claims.email_verified === undefined
    const more = isEmailMissing && tokens.access_token ? await this.fetchUserInfo(known.metadata, tokens.access_token, claims.sub) : {}
    return identityOf({ ...more, ...claims })
  }

  /** Refuses a sign-in; the reason goes to the log, without personal data, and not to whoever tries. */
  refused(reason: string): AppError {
    console.error(JSON.stringify({ time: this.now().toISOString(), level: 'warn', what: 'oidc refused', reason }))
    return new AppError('OIDC_REFUSED', { name: this.settings.name })
  }

  private unavailable(reason: string): AppError {
    console.error(JSON.stringify({ time: this.now().toISOString(), level: 'warn', what: 'oidc unavailable', reason }))
    return new AppError('OIDC_UNAVAILABLE', { name: this.settings.name })
  }

  private async discover(): Promise<Known> {
    const before = await this.known?.catch(() => null)
    if (before && before.until > this.now().getTime()) return before
    this.known = this.fetchMetadata().catch(() => this.fetchMetadata()) // once more: the first may have met a restart
    return this.known
  }

  private async fetchMetadata(): Promise<Known> {
    const { issuer } = this.settings
    const response = await this.fetch(`${issuer}/.well-known/openid-configuration`)
    const parsed = metadataSchema.safeParse(await response.json().catch(() => null))
    if (!response.ok || !parsed.success) throw this.unavailable(`discovery answers ${response.status}`)
    const metadata = parsed.data
    if (metadata.issuer.replace(/\/+$/, '') !== issuer) throw this.unavailable('discovery names another issuer')
    const addresses = [metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri, metadata.userinfo_endpoint ?? issuer]
    if (issuer.startsWith('https:') && addresses.some((address) => !address.startsWith('https:')))
      throw this.unavailable('an address without https')
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: timeoutMs })
    return { metadata, keys, until: this.now().getTime() + metadataMs }
  }

  private async fetch(address: string, request: RequestInit = {}): Promise<Response> {
    try {
      return await fetch(address, { ...request, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    } catch (error) {
      throw this.unavailable((error as Error).name)
    }
  }

  private async exchange(metadata: Metadata, code: string, { redirectUri, verifier }: OidcFlow): Promise<z.infer<typeof tokensSchema>> {
    const { clientId, clientSecret } = this.settings
    const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier })
    const headers: Record<string, string> = { accept: 'application/json' }
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    if (methods.includes('client_secret_basic')) {
      const encoded = [clientId, clientSecret].map((part) => new URLSearchParams({ '': part }).toString().slice(1)).join(':') // RFC 6749, 2.3.1
      headers.authorization = `Basic ${Buffer.from(encoded).toString('base64')}`
    } else {
      form.set('client_id', clientId)
      form.set('client_secret', clientSecret)
    }
    const response = await this.fetch(metadata.token_endpoint, { method: 'POST', body: form, headers })
    if (response.status >= 500) throw this.unavailable(`token endpoint answers ${response.status}`)
    const parsed = tokensSchema.safeParse(await response.json().catch(() => null))
    if (!response.ok || !parsed.success) throw this.refused(`token endpoint answers ${response.status}`)
    return parsed.data
  }

  private async verify({ metadata, keys }: Known, idToken: string, nonce: string): Promise<JWTPayload & { sub: string }> {
    const { clientId } = this.settings
    const { payload } = await jwtVerify(idToken, keys, {
      issuer: metadata.issuer,
      audience: clientId,
      algorithms: signatureAlgorithms,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: clockToleranceSeconds,
      currentDate: this.now(),
    }).catch((error: unknown) => {
      throw this.explain(error)
    })
    if (payload.nonce !== nonce) throw this.refused('nonce')
    if (!isForClient(payload, clientId)) throw this.refused('azp')
    if (typeof payload.sub !== 'string' || payload.sub === '' || payload.sub.length > 255) throw this.refused('sub')
    return { ...payload, sub: payload.sub }
  }

  /** A token that does not hold is refused; keys that cannot be fetched are an outage. */
  private explain(error: unknown): AppError {
    const isOutage = !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC' || error instanceof errors.JWKSTimeout
    return isOutage ? this.unavailable('keys') : this.refused(error.code)
  }

  private async fetchUserInfo(metadata: Metadata, accessToken: string, subject: string): Promise<Record<string, unknown>> {
    if (metadata.userinfo_endpoint === undefined) return {}
    const response = await this.fetch(metadata.userinfo_endpoint, { headers: { authorization: `Bearer ${accessToken}` } })
    const claims = (await response.json().catch(() => null)) as Record<string, unknown> | null
    if (!response.ok || claims === null || claims.sub !== subject) throw this.refused('user info')
    return claims
  }
}
