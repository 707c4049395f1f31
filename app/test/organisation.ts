import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import Provider, { type Configuration, type JWK } from 'oidc-provider'

/** Somebody with an account at the organisation. */
export interface Colleague {
  subject: string
  email: string
  isVerified?: boolean
  name?: string
  /** How they have signed in there. */
  amr?: string[]
}

/** Changes the ID token that the provider has made, as an attacker or a broken provider would. */
export type Tamper = (claims: JWTPayload, sign: (claims: JWTPayload) => Promise<string>) => Promise<string>

const clientId = 'tessera'
const clientSecret = 'a secret of tests + with signs : in it'

/** A real OpenID provider on a free port of this machine, with one client: us. */
export class Organisation {
  readonly issuer: string
  /** Who is signed in there now. */
  colleague: Colleague = { subject: 'nobody', email: 'nobody@example.org' }
  /** Whether it answers at all. */
  isAway = false
  tamper: Tamper | null = null
  /** Requests for the description of the provider. */
  discoveries = 0
  private readonly server
  private readonly provider: Provider
  private readonly sign: (claims: JWTPayload) => Promise<string>

  private constructor(
    server: ReturnType<typeof createServer>,
    { jwk, sign, origin }: { jwk: JWK; sign: (claims: JWTPayload) => Promise<string>; origin: string },
  ) {
    this.server = server
    this.sign = sign
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    this.provider = new Provider(this.issuer, this.configuration(jwk, origin))
    server.on('request', (request, response) => void this.answer(request, response))
  }

  /** @param origin of the installation that uses it */
  static async start(origin = 'http://localhost'): Promise<Organisation> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const jwk = { ...(await exportJWK(privateKey)), kid: 'key-1', alg: 'RS256', use: 'sig' } as JWK
    const sign = (claims: JWTPayload) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'key-1' }).sign(privateKey)
    const server = createServer()
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    return new Organisation(server, { jwk, sign, origin })
  }

  stop(): Promise<void> {
    this.server.closeAllConnections()
    return new Promise((done) => this.server.close(() => done()))
  }

  /** Settings of an installation that uses it. */
  get env(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: 'City of Test' }
  }

  private configuration(key: JWK, origin: string): Configuration {
    return {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [`${origin}/sign-in/organisation/callback`],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          token_endpoint_auth_method: 'client_secret_basic',
        },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['a key of tests'] },
      pkce: { required: () => true },
      ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 }, // seconds
      claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, subject) => ({
        accountId: subject,
        claims: () => {
          const { email, isVerified = true, name = 'Test Person' } = this.colleague
          return { sub: subject, email, email_verified: isVerified, name }
        },
      }),
      loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({ clientId, accountId: ctx.oidc.session!.accountId! })
        grant.addOIDCScope('openid profile email')
        await grant.save()
        return grant
      },
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.isAway) return void response.writeHead(503).end()
    const { pathname } = new URL(request.url!, this.issuer)
    if (pathname === '/.well-known/openid-configuration') this.discoveries++
    if (pathname.startsWith('/interaction/')) {
      const { subject, amr = ['pwd'] } = this.colleague
      return this.provider.interactionFinished(request, response, { login: { accountId: subject, amr } })
    }
    if (pathname === '/token' && this.tamper !== null) this.rewriteToken(response, this.tamper)
    await this.provider.callback()(request, response)
  }

  private rewriteToken(response: ServerResponse, tamper: Tamper): void {
    const end = response.end.bind(response)
    response.end = ((text: string | Buffer) => {
      const body = JSON.parse(String(text)) as { id_token: string }
      const claims = JSON.parse(Buffer.from(body.id_token.split('.')[1]!, 'base64url').toString()) as JWTPayload
      void tamper(claims, this.sign).then((idToken) => {
        const changed = Buffer.from(JSON.stringify({ ...body, id_token: idToken }))
        response.setHeader('content-length', changed.length)
        end(changed)
      })
      return response
    }) as typeof response.end
  }

  /** Goes through the sign-in there as a browser with cookies of its own. @returns the address to which it sends the browser back */
  async visit(address: string): Promise<URL> {
    const cookies = new Map<string, string>()
    let next = new URL(address)
    for (let i = 0; i < 10 && next.origin === this.issuer; i++) {
      const response = await fetch(next, { redirect: 'manual', headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } })
      for (const set of response.headers.getSetCookie()) {
        const [name, ...value] = set.split(';')[0]!.split('=')
        cookies.set(name!, value.join('='))
      }
      const location = response.headers.get('location')
      if (location === null) throw new Error(`${next.href} answers ${response.status}: ${await response.text()}`)
      next = new URL(location, next)
    }
    return next
  }
}
