import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, foreignKey, index, integer, numeric, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { personId } from './account-tables.ts'
import { assessmentKey, assessments } from './assessment-tables.ts'
import { cities, cityId, memberships } from './city-tables.ts'
import { at, createdAt, id } from './columns.ts'
import { departmentKey } from './department-tables.ts'

// People from outside: guests with a link, technical partners, cities that answer together, and what they propose.
// What each table and column is for stands in the database itself (migrations 0001 and 0003) and in privacy.yml.

export const guestLinks = pgTable(
  'guest_links',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    questionIds: text('question_ids').array().notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    name: text('name').notNull(),
    email: text('email'),
    note: text('note'),
    departmentId: uuid('department_id'),
    expiresAt: at('expires_at').notNull(),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    withdrawnAt: at('withdrawn_at'),
    withdrawnBy: personId('withdrawn_by'),
    firstOpenedAt: at('first_opened_at'),
    lastOpenedAt: at('last_opened_at'),
    finishedAt: at('finished_at'),
  },
  (t) => [
    assessmentKey(t),
    departmentKey(t),
    unique('guest_links_city').on(t.id, t.cityId),
    check('guest_links_questions', sql`cardinality(${t.questionIds}) between 1 and 20`),
  ],
)

export const guestKey = (t: { guestId: AnyPgColumn; cityId: AnyPgColumn }) =>
  foreignKey({ columns: [t.guestId, t.cityId], foreignColumns: [guestLinks.id, guestLinks.cityId] })

export const partnerRights = pgTable(
  'partner_rights',
  {
    id: id(),
    membershipId: uuid('membership_id').notNull(),
    cityId: cityId(),
    right: text('right').notNull(),
    grantedAt: at('granted_at').notNull().defaultNow(),
    grantedBy: personId('granted_by'),
    revokedAt: at('revoked_at'),
    revokedBy: personId('revoked_by'),
  },
  (t) => [
    foreignKey({ columns: [t.membershipId], foreignColumns: [memberships.id] }).onDelete('cascade'),
    uniqueIndex('partner_rights_current')
      .on(t.membershipId, t.right)
      .where(sql`revoked_at is null`),
    check('partner_rights_right', sql`${t.right} in ('read','evidence','suggest','facts')`),
  ],
)

export const jointAgreements = pgTable(
  'joint_agreements',
  {
    id: id(),
    waveId: uuid('wave_id').notNull(),
    leadAssessmentId: uuid('lead_assessment_id').notNull(),
    cityId: cityId(),
    partnerAssessmentId: uuid('partner_assessment_id').notNull(),
    partnerCityId: uuid('partner_city_id')
      .references(() => cities.id)
      .notNull(),
    dimensions: text('dimensions').array().notNull(),
    note: text('note'),
    proposedAt: at('proposed_at').notNull().defaultNow(),
    proposedBy: personId('proposed_by'),
    acceptedAt: at('accepted_at'),
    acceptedBy: personId('accepted_by'),
    endedAt: at('ended_at'),
    endedBy: personId('ended_by'),
  },
  (t) => [
    foreignKey({ columns: [t.leadAssessmentId, t.cityId], foreignColumns: [assessments.id, assessments.cityId] }),
    foreignKey({ columns: [t.partnerAssessmentId, t.partnerCityId], foreignColumns: [assessments.id, assessments.cityId] }),
    uniqueIndex('joint_agreements_current')
      .on(t.leadAssessmentId, t.partnerAssessmentId)
      .where(sql`ended_at is null`),
    check('joint_agreements_two', sql`${t.leadAssessmentId} <> ${t.partnerAssessmentId}`),
  ],
)

export const suggestions = pgTable(
  'suggestions',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    questionId: text('question_id').notNull(),
    origin: text('origin').notNull(),
    options: text('options').array(),
    missing: text('missing'),
    reason: text('reason'),
    explanation: text('explanation'),
    language: text('language'),
    note: text('note'),
    baseVersion: integer('base_version').notNull(),
    suggestedBy: personId('suggested_by'),
    jointId: uuid('joint_id'),
    createdAt: createdAt(),
    withdrawnAt: at('withdrawn_at'),
    decidedAt: at('decided_at'),
    decidedBy: personId('decided_by'),
    decision: text('decision'),
    decisionNote: text('decision_note'),
  },
  (t) => [
    assessmentKey(t),
    index('suggestions_assessment').on(t.assessmentId, t.questionId),
    check('suggestions_origin', sql`${t.origin} in ('partner','joint')`),
    check(
      'suggestions_decision',
      sql`${t.decision} in ('accepted','declined') and ${t.decidedAt} is not null or ${t.decision} is null and ${t.decidedAt} is null`,
    ),
  ],
)

export const factProposals = pgTable(
  'fact_proposals',
  {
    id: id(),
    cityId: cityId(),
    fact: text('fact').notNull(),
    value: numeric('value', { mode: 'number' }).notNull(),
    year: integer('year').notNull(),
    source: text('source').notNull(),
    quality: text('quality').notNull(),
    note: text('note'),
    proposedBy: personId('proposed_by'),
    createdAt: createdAt(),
    withdrawnAt: at('withdrawn_at'),
    decidedAt: at('decided_at'),
    decidedBy: personId('decided_by'),
    decision: text('decision'),
    decisionNote: text('decision_note'),
  },
  (t) => [
    check(
      'fact_proposals_decision',
      sql`${t.decision} in ('accepted','declined') and ${t.decidedAt} is not null or ${t.decision} is null and ${t.decidedAt} is null`,
    ),
  ],
)
