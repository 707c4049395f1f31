/** What a person who goes to their organisation's sign-in wants to do here afterwards. */
export type OidcPurpose =
  | { kind: 'sign-in'; next: string }
  | { kind: 'connect'; personId: string }
  | { kind: 'invitation'; token: string; language: string }

/** A sign-in that waits for its answer, kept encrypted in a cookie of this browser. */
export interface OidcFlow {
  purpose: OidcPurpose
  /** Comes back in the address: the answer belongs to this browser. */
  state: string
  /** Comes back in the ID token: the token belongs to this sign-in. */
  nonce: string
  /** Secret of the code (PKCE, RFC 7636). */
  verifier: string
  redirectUri: string
  /** ms */
  until: number
}

/** Long enough for a password and a second step at the organisation. */
export const flowMs = 10 * 60 * 1000

/** Who somebody is at the provider, from a checked ID token. */
export interface OidcIdentity {
  /** `sub`: with the issuer the only key of an identity; addresses change hands. */
  subject: string
  /** In lower case; null when the provider names none or says that it is not verified. */
  email: string | null
  name: string | null
  /** The provider says that a second factor was used (RFC 8176). */
  isMultiFactor: boolean
}

/** Value of `credentials.provider_id` for identities of an issuer. */
export const providerIdOf = (issuer: string): string => `oidc:${issuer}`

/** Signatures that an ID token may have: asymmetric ones only, never a shared secret, never none. */
export const signatureAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)

/** An address counts unless the provider says that nobody has checked it; many providers of organisations leave the mark out. */
export function verifiedEmail({ email, email_verified: isVerified }: Record<string, unknown>): string | null {
  return isVerified === false || isVerified === 'false' ? null : (textOf(email)?.toLowerCase() ?? null)
}

/** Ways to sign in (RFC 8176) that a stolen password does not open: several factors, a one-time code, a key in hardware, a smart card. */
const secondFactors = ['mfa', 'otp', 'hwk', 'sc']

/** @param claims of a checked ID token, with those of the user info endpoint */
export function identityOf(claims: Record<string, unknown> & { sub: string }): OidcIdentity {
  const { amr } = claims
  return {
    subject: claims.sub,
    email: verifiedEmail(claims),
    name: textOf(claims.name),
    isMultiFactor: Array.isArray(amr) && amr.some((method) => secondFactors.includes(String(method))),
  }
}

/** With several audiences the token must have been made for us (OpenID Connect Core 3.1.3.7). */
export function isForClient({ aud, azp }: { aud?: string | string[]; azp?: unknown }, clientId: string): boolean {
  if (azp !== undefined) return azp === clientId
  return !Array.isArray(aud) || aud.length === 1
}
