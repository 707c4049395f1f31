import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './account-tables.ts'
import { at, id } from './columns.ts'
import { assessmentKey, assessments, cities, cityId, memberships, personId } from './core-tables.ts'

// Working together in a city: departments, guests, partners, conversations, translations, signing. What each table and column is
// for stands in the database itself (migration 0003) and in privacy.yml.

const departmentKey = (t: { departmentId: AnyPgColumn; cityId: AnyPgColumn }) =>
  foreignKey({ columns: [t.departmentId, t.cityId], foreignColumns: [departments.id, departments.cityId] })

const guestKey = (t: { guestId: AnyPgColumn; cityId: AnyPgColumn }) =>
  foreignKey({ columns: [t.guestId, t.cityId], foreignColumns: [guestLinks.id, guestLinks.cityId] })

export const citySettings = pgTable('city_settings', {
  cityId: cityId().primaryKey(),
  contributorsSeeAll: boolean('contributors_see_all').notNull().default(false),
  evidenceQuotaMb: integer('evidence_quota_mb'),
  version: integer('version').notNull().default(1),
  updatedAt: at('updated_at').notNull().defaultNow(),
  updatedBy: personId('updated_by'),
})

export const departments = pgTable(
  'departments',
  {
    id: id(),
    cityId: cityId(),
    name: text('name').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [
    unique('departments_city').on(t.id, t.cityId),
    uniqueIndex('departments_name')
      .on(t.cityId, sql`lower(${t.name})`)
      .where(sql`ended_at is null`),
  ],
)

export const departmentMembers = pgTable(
  'department_members',
  {
    id: id(),
    departmentId: uuid('department_id').notNull(),
    cityId: cityId(),
    personId: uuid('person_id')
      .references(() => people.id, { onDelete: 'cascade' })
      .notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [
    departmentKey(t),
    uniqueIndex('department_members_current')
      .on(t.departmentId, t.personId)
      .where(sql`ended_at is null`),
    index('department_members_person').on(t.personId),
  ],
)

export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    cityId: cityId(),
    name: text('name').notNull(),
    email: text('email'),
    post: text('post'),
    departmentId: uuid('department_id'),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [departmentKey(t), unique('contacts_city').on(t.id, t.cityId)],
)

export const assignments = pgTable(
  'assignments',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    dimensionId: text('dimension_id'),
    questionId: text('question_id'),
    departmentId: uuid('department_id'),
    personId: personId('person_id'),
    contactId: uuid('contact_id'),
    dueOn: date('due_on', { mode: 'string' }),
    note: text('note'),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [
    assessmentKey(t),
    departmentKey(t),
    foreignKey({ columns: [t.contactId, t.cityId], foreignColumns: [contacts.id, contacts.cityId] }),
    uniqueIndex('assignments_current')
      .on(t.assessmentId, sql`coalesce(dimension_id, '')`, sql`coalesce(question_id, '')`)
      .where(sql`ended_at is null`),
    check('assignments_target', sql`num_nonnulls(${t.dimensionId}, ${t.questionId}) = 1`),
    check('assignments_somebody', sql`num_nonnulls(${t.departmentId}, ${t.personId}, ${t.contactId}) >= 1`),
    index('assignments_person').on(t.personId),
  ],
)

export const scopeStatements = pgTable(
  'scope_statements',
  {
    assessmentId: uuid('assessment_id').notNull(),
    scopeId: text('scope_id').notNull(),
    version: integer('version').notNull(),
    cityId: cityId(),
    isResponsible: boolean('is_responsible'),
    reason: text('reason'),
    statedAt: at('stated_at').notNull(),
    statedBy: personId('stated_by'),
  },
  (t) => [primaryKey({ columns: [t.assessmentId, t.scopeId, t.version] }), assessmentKey(t)],
)

export const snapshots = pgTable(
  'snapshots',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    name: text('name').notNull(),
    takenOf: at('taken_of').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: personId('created_by'),
    removedAt: at('removed_at'),
  },
  (t) => [assessmentKey(t)],
)

export const carriedAnswers = pgTable(
  'carried_answers',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    cityId: cityId(),
    fromAssessmentId: uuid('from_assessment_id').notNull(),
    fromVersion: integer('from_version').notNull(),
    answerVersion: integer('answer_version').notNull(),
    decision: text('decision').notNull(),
    decidedAt: at('decided_at').notNull(),
    decidedBy: personId('decided_by'),
  },
  (t) => [
    assessmentKey(t),
    index('carried_answers_assessment').on(t.assessmentId, t.questionId),
    check('carried_answers_decision', sql`${t.decision} in ('confirmed','changed')`),
  ],
)

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
    createdAt: at('created_at').notNull().defaultNow(),
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
    createdAt: at('created_at').notNull().defaultNow(),
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
    createdAt: at('created_at').notNull().defaultNow(),
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

export const precheckMarks = pgTable(
  'precheck_marks',
  {
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    cityId: cityId(),
    mark: text('mark').notNull(),
    remark: text('remark'),
    answerVersion: integer('answer_version').notNull(),
    version: integer('version').notNull().default(1),
    markedAt: at('marked_at').notNull(),
    markedBy: personId('marked_by'),
  },
  (t) => [
    primaryKey({ columns: [t.assessmentId, t.questionId] }),
    assessmentKey(t),
    check('precheck_marks_mark', sql`${t.mark} in ('ready','needs-work')`),
  ],
)

export const threads = pgTable(
  'threads',
  {
    id: id(),
    cityId: cityId(),
    questionId: text('question_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    isShared: boolean('is_shared').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: personId('created_by'),
    guestId: uuid('guest_id'),
    closedAt: at('closed_at'),
    closedBy: personId('closed_by'),
  },
  (t) => [assessmentKey(t), guestKey(t), unique('threads_city').on(t.id, t.cityId), index('threads_question').on(t.cityId, t.questionId)],
)

export const messages = pgTable(
  'messages',
  {
    id: id(),
    threadId: uuid('thread_id').notNull(),
    cityId: cityId(),
    text: text('text').notNull(),
    language: text('language'),
    mentions: uuid('mentions').array().notNull().default([]),
    personId: personId('person_id'),
    guestId: uuid('guest_id'),
    createdAt: at('created_at').notNull().defaultNow(),
    withdrawnAt: at('withdrawn_at'),
  },
  (t) => [
    foreignKey({ columns: [t.threadId, t.cityId], foreignColumns: [threads.id, threads.cityId] }),
    guestKey(t),
    index('messages_thread').on(t.threadId, t.createdAt),
  ],
)

export const translations = pgTable(
  'translations',
  {
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    language: text('language').notNull(),
    cityId: cityId(),
    explanation: text('explanation'),
    reason: text('reason'),
    sourceHash: text('source_hash').notNull(),
    version: integer('version').notNull().default(1),
    translatedAt: at('translated_at').notNull(),
    translatedBy: personId('translated_by'),
    checkedAt: at('checked_at'),
    checkedBy: personId('checked_by'),
  },
  (t) => [primaryKey({ columns: [t.assessmentId, t.questionId, t.language] }), assessmentKey(t)],
)

export const notices = pgTable(
  'notices',
  {
    id: id(),
    personId: uuid('person_id')
      .references(() => people.id, { onDelete: 'cascade' })
      .notNull(),
    cityId: uuid('city_id').references(() => cities.id),
    kind: text('kind').notNull(),
    subject: jsonb('subject').notNull(),
    address: text('address').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: personId('created_by'),
    isUrgent: boolean('is_urgent').notNull().default(false),
    withdrawnAt: at('withdrawn_at'),
    sentAt: at('sent_at'),
    seenAt: at('seen_at'),
  },
  (t) => [
    index('notices_person').on(t.personId, t.createdAt),
    index('notices_unsent')
      .on(t.createdAt)
      .where(sql`sent_at is null and withdrawn_at is null`),
  ],
)

export const digests = pgTable(
  'digests',
  {
    personId: uuid('person_id')
      .references(() => people.id, { onDelete: 'cascade' })
      .notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    sentAt: at('sent_at').notNull().defaultNow(),
    notices: integer('notices').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.day] })],
)

export const signOffSteps = pgTable(
  'sign_off_steps',
  {
    id: id(),
    cityId: cityId(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    personId: personId('person_id'),
    dimensions: text('dimensions').array(),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [unique('sign_off_steps_city').on(t.id, t.cityId)],
)

export const signOffs = pgTable(
  'sign_offs',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    stepId: uuid('step_id').notNull(),
    decision: text('decision').notNull(),
    note: text('note'),
    questionId: text('question_id'),
    contentHash: text('content_hash').notNull(),
    versions: jsonb('versions').notNull(),
    decidedAt: at('decided_at').notNull(),
    decidedBy: personId('decided_by'),
  },
  (t) => [
    assessmentKey(t),
    foreignKey({ columns: [t.stepId, t.cityId], foreignColumns: [signOffSteps.id, signOffSteps.cityId] }),
    index('sign_offs_assessment').on(t.assessmentId, t.decidedAt),
    check('sign_offs_decision', sql`${t.decision} in ('signed','sent-back')`),
  ],
)
