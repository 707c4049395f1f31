import type { RouteEntry } from './web.ts'

/** What an access token may do; none of them includes another. */
export const scopes = ['read', 'answers', 'evidence', 'manage'] as const
export type Scope = (typeof scopes)[number]

/** What an operation needs of a token: a scope, or the person themselves, signed in. */
export type NeededScope = Scope | 'session'

/** Operations that change something and do not need `manage`. Whatever is not named here does. */
export const operationScopes: Readonly<Record<string, Scope>> = {
  saveAnswer: 'answers',
  importQuickCheck: 'answers',
  previewQuickCheckImport: 'answers',
  previewSpreadsheet: 'answers',
  importSpreadsheet: 'answers',
  suggestAnswer: 'answers',
  acceptSuggestion: 'answers',
  declineSuggestion: 'answers',
  withdrawSuggestion: 'answers',
  markAnswer: 'answers',
  confirmEarlierAnswers: 'answers',
  saveTranslation: 'answers',
  checkTranslation: 'answers',
  cite: 'answers',
  changeCitation: 'answers',
  takeBackCitation: 'answers',
  saveJudgement: 'answers',
  addEvidenceLink: 'evidence',
  changeEvidence: 'evidence',
  removeEvidence: 'evidence',
  restoreEvidence: 'evidence',
  beginUpload: 'evidence',
  continueUpload: 'evidence',
  // compute something and keep nothing
  scoreQuickCheck: 'read',
  makeQuickCheckSheet: 'read',
}

/** Below these addresses everything belongs to the person alone: password, second step, sessions, tokens, accepting invitations. */
const personal = ['/api/v1/account', '/api/v1/session', '/api/v1/password-resets', '/api/v1/invitations/{token}']

/** Says who the token belongs to; harmless, and useful to scripts. */
const whoAmI = 'getSession'

/** What an operation needs of a token. A new operation is safe without being named anywhere: reading needs `read`, changing `manage`. */
export function scopeOf({ method, path, operation }: Pick<RouteEntry, 'method' | 'path' | 'operation'>): NeededScope {
  if (operation === whoAmI) return 'read'
  if (personal.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))) return 'session'
  if (method === 'get') return 'read'
  return operationScopes[operation ?? ''] ?? 'manage'
}
