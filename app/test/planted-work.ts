import { factProposals, guestLinks, jointAgreements, signOffSteps, suggestions } from '../src/db/schema.ts'
import { hashToken, newToken } from '../src/features/accounts/invitation-token.ts'
import { getAnswers } from '../src/features/assessments/queries.ts'
import { scopeVersion } from '../src/features/assessments/scope.ts'
import { getScopeStatements } from '../src/features/assessments/scope-queries.ts'
import { hashOfVersions, versionsFor } from '../src/features/signoff/signoff.ts'
import type { Prepared } from './database.ts'
import { answerMarker, personMarker } from './markers.ts'

// What people do together in the planted city A, each with a marker.

const day = 24 * 3600 * 1000 // ms

/** A guest link for one question. */
export async function plantGuest({ services }: Prepared, cityId: string, assessmentId: string, question: string, personId: string) {
  const token = newToken()
  const [made] = await services.db
    .insert(guestLinks)
    .values({
      assessmentId,
      cityId,
      questionIds: [question],
      tokenHash: hashToken(token),
      name: `Guest ${personMarker}`,
      expiresAt: new Date(Date.now() + day),
      createdBy: personId,
    })
    .returning({ id: guestLinks.id })
  return { guestA: { id: made!.id, token } }
}

/** A chain of one step that has signed nothing yet, and the hash of what it would sign. */
export async function plantChain({ services }: Prepared, cityId: string, assessmentId: string) {
  const [made] = await services.db
    .insert(signOffSteps)
    .values({ cityId, position: 1, name: `${answerMarker} mayor` })
    .returning({ id: signOffSteps.id })
  const answers = await getAnswers(services.db, assessmentId)
  const scope = scopeVersion((await getScopeStatements(services.db, [assessmentId])).get(assessmentId)!)
  return { stepA: made!.id, signedHash: hashOfVersions(versionsFor(services.instruments.current, null, answers, scope)) }
}

/** A proposal of city A to city B that waits for its answer. */
export async function plantJoint(
  { services }: Prepared,
  a: { assessmentId: string; cityId: string },
  b: { assessmentId: string; cityId: string },
  { waveId, dimension }: { waveId: string; dimension: string },
) {
  const [made] = await services.db
    .insert(jointAgreements)
    .values({
      waveId,
      leadAssessmentId: a.assessmentId,
      cityId: a.cityId,
      partnerAssessmentId: b.assessmentId,
      partnerCityId: b.cityId,
      dimensions: [dimension],
    })
    .returning({ id: jointAgreements.id })
  return { jointA: made!.id }
}

/** What the technical partner of city A has suggested; both wait for the city. */
export async function plantSuggestions({ services }: Prepared, cityId: string, assessmentId: string, questionId: string, personId: string) {
  const explanation = `${answerMarker} suggested`
  const [suggestion] = await services.db
    .insert(suggestions)
    .values({ assessmentId, cityId, questionId, origin: 'partner', explanation, language: 'en', baseVersion: 3, suggestedBy: personId })
    .returning({ id: suggestions.id })
  const figure = { fact: 'population', value: 100_500, year: 2022, source: `${answerMarker} register`, quality: 'official' }
  const [proposal] = await services.db
    .insert(factProposals)
    .values({ cityId, ...figure, proposedBy: personId })
    .returning({ id: factProposals.id })
  return { suggestionA: suggestion!.id, proposalA: proposal!.id }
}
