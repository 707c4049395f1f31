import { z } from '@hono/zod-openapi'
import { type FormErrors, type FormValues, handleForm, newFormKey, noErrors } from '../../../forms.ts'
import type { Db } from '../../../db/open.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import { AppError } from '../../../errors.ts'
import { can } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { isMine } from '../../assessments/assignment.ts'
import { getCityWork } from '../../assessments/assignment-queries.ts'
import { type Assessment, closedSince, questionStatuses } from '../../assessments/assessment.ts'
import { versionField } from '../../cities/schemas.ts'
import {
  assignmentIn,
  type AssignmentInput,
  assignQuestions,
  coveredQuestions,
  getDueRange,
  openAssignments,
  type OpenedAssignments,
  updateAssignment,
  withdrawAssignment,
} from '../assigning.ts'
import { handOnAssignment, openHandOn } from '../hand-on.ts'
import { parseWho, responsibleIn, responsibleOf } from '../responsible.ts'
import { assignmentForm, chosenForm, dueField, handOnForm, noteField } from '../schemas.ts'
import { findCarriedOver, takeOverAssignments } from '../take-over.ts'
import { AssignmentPage, assignmentTitle, HandOnPage } from './AssignmentPage.tsx'
import { assignmentNotices, AssignmentsPage } from './AssignmentsPage.tsx'
import { ChooseQuestionsPage, HandOutPage, keepAsItIs } from './HandOutPage.tsx'
import { assignmentsAddress, targetText } from './parts.tsx'

const base = '/assessments/:assessmentId/assignments'
const idOf = (c: WebContext): string => c.req.param('assessmentId')!
const keyOf = (c: WebContext) => ({ assessmentId: idOf(c), assignmentId: c.req.param('assignment')! })
const statusOf = (errors: FormErrors) => (errors === noErrors ? 200 : 422)
const listOf = (c: WebContext): string => assignmentsAddress({ id: idOf(c) })

export function registerAssignmentPages(pages: Pages, services: Services): void {
  pages.get(base, 'assessment.read', (c) => showAssignments(c, services))
  registerTakeOver(pages, services)
  registerHandOut(pages, services)
  registerChoice(pages, services)
  registerAssignment(pages, services)
  registerHandOn(pages, services)
}

function closedText(t: Translator, { wave }: Assessment, now: Date): string | null {
  const closed = closedSince(wave, now)
  return closed === null ? null : t('departments.assignments.closed', { date: formatDate(t.language, closed) })
}

/** Assignments that the person may hand on: their own. */
async function listOwn(db: Db, c: WebContext, { assignments, assessment }: OpenedAssignments): Promise<Set<string>> {
  const person = personOf(c)
  if (!can(person, 'answer.save', assessment.city.id).ok) return new Set()
  const { departmentIds } = await getCityWork(db, person.id)
  return new Set(assignments.filter((each) => isMine(each, person.id, departmentIds)).map(({ id }) => id))
}

async function showAssignments(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const now = services.now()
  const person = personOf(c)
  const shown = await inTransaction(services, c, async (db) => {
    const opened = await openAssignments(db, person, services.instruments, idOf(c))
    const carried = opened.canArrange ? await findCarriedOver(db, opened) : null
    return {
      ...opened,
      own: await listOwn(db, c, opened),
      carried: carried && { wave: carried.wave, count: carried.rows.length, left: carried.left },
      today: (await getDueRange(db, person, opened.assessment, now)).today,
    }
  })
  const kind = assignmentNotices.find((known) => known === c.req.query('done'))
  const count = Number(c.req.query('count')) || 0
  const content = (
    <AssignmentsPage
      t={t}
      {...shown}
      statuses={questionStatuses(shown.instrument, shown.answers, shown.exclusions)}
      closedBecause={closedText(t, shown.assessment, now)}
      notice={kind ? { kind, count } : null}
      newKey={newFormKey}
    />
  )
  return page(c, services, { title: t('departments.assignments.title'), isWide: true }, content)
}

function registerTakeOver(pages: Pages, services: Services): void {
  pages.post(`${base}/take-over`, 'city.arrange', 'takeOverAssignments', (c) =>
    handleForm(c, {
      schema: z.object({}),
      run: async (_, key) => {
        const body = { assessmentId: idOf(c) }
        const count = await inTransaction(services, c, (db) =>
          once(db, personOf(c), { key, operation: 'takeOverAssignments', body }, () =>
            takeOverAssignments(db, personOf(c), services.instruments, body, services.now()),
          ),
        )
        return `${listOf(c)}?done=taken-over&count=${count}`
      },
      again: () => showAssignments(c, services),
    }),
  )
}

/** For whoever arranges the work; others read who answers what elsewhere. */
function openForArranging(c: WebContext, services: Services) {
  return inTransaction(services, c, async (db) => {
    const opened = await openAssignments(db, personOf(c), services.instruments, idOf(c))
    if (!opened.canArrange) throw new AppError('NOT_ALLOWED', { reason: 'role' })
    return { ...opened, range: await getDueRange(db, personOf(c), opened.assessment, services.now()) }
  })
}

/** Assigns once for each form that was sent. @returns the page to go to */
async function assign(c: WebContext, services: Services, key: string, items: readonly AssignmentInput[]): Promise<string> {
  const body = { assessmentId: idOf(c), items }
  const count = await inTransaction(services, c, (db) =>
    once(db, personOf(c), { key, operation: 'assignQuestions', body }, () =>
      assignQuestions(db, personOf(c), services.instruments, body, services.now()),
    ),
  )
  return `${listOf(c)}?done=assigned&count=${count}`
}

/** One select and the version seen for each area; what stays as it is is left out. */
function handOutSchema(dimensionIds: readonly string[]) {
  const fields = Object.fromEntries(
    dimensionIds.flatMap((id) => [
      [`who-${id}`, z.string().catch('')],
      [`seen-${id}`, versionField.catch(0)],
    ]),
  )
  return z.object({ dueOn: dueField, note: noteField, ...fields }).transform((raw, ctx): AssignmentInput[] => {
    const values: Record<string, unknown> = raw
    const { dueOn, note } = raw as { dueOn: string | null; note: string | null }
    const items = dimensionIds.flatMap((dimensionId): AssignmentInput[] => {
      const text = String(values[`who-${dimensionId}`])
      if (text === '' || text === keepAsItIs) return []
      const who = parseWho(text)
      if (who === null) ctx.addIssue({ code: 'custom', path: [`who-${dimensionId}`], message: 'departments.who.unknown' })
      return who === null
        ? []
        : [{ dimensionId, questionId: null, ...responsibleOf(who), dueOn, note, version: Number(values[`seen-${dimensionId}`]) }]
    })
    if (items.length === 0) ctx.addIssue({ code: 'custom', path: [`who-${dimensionIds[0]}`], message: 'departments.handOut.nothing' })
    return items
  })
}

function registerHandOut(pages: Pages, services: Services): void {
  const show = async (c: WebContext, values: FormValues, errors: FormErrors) => {
    const opened = await openForArranging(c, services)
    const t = c.get('t')
    const content = <HandOutPage t={t} {...opened} values={values} errors={errors} newKey={newFormKey} />
    return page(c, services, { title: t('departments.handOut.title'), status: statusOf(errors) }, content)
  }
  pages.get(`${base}/areas`, 'city.arrange', (c) => show(c, {}, noErrors))
  pages.post(`${base}/areas`, 'city.arrange', 'assignQuestions', async (c) => {
    const { whole } = await openForArranging(c, services)
    return handleForm(c, {
      schema: handOutSchema(whole.dimensions.map(({ id }) => id)),
      run: (items, key) => assign(c, services, key, items),
      again: (values, errors) => show(c, values, errors),
    })
  })
}

function registerChoice(pages: Pages, services: Services): void {
  const show = async (c: WebContext, values: FormValues, errors: FormErrors) => {
    const opened = await openForArranging(c, services)
    const t = c.get('t')
    const openArea = c.req.query('area') ?? null
    const content = <ChooseQuestionsPage t={t} {...opened} values={values} errors={errors} openArea={openArea} newKey={newFormKey} />
    return page(c, services, { title: t('departments.choose.title'), status: statusOf(errors) }, content)
  }
  pages.get(`${base}/new`, 'city.arrange', (c) => show(c, {}, noErrors))
  pages.post(`${base}/new`, 'city.arrange', 'assignQuestions', (c) =>
    handleForm(c, {
      schema: chosenForm,
      run: ({ questions, ...fields }, key) =>
        assign(
          c,
          services,
          key,
          questions.map(({ id, version }) => ({ dimensionId: null, questionId: id, ...fields, version })),
        ),
      again: (values, errors) => show(c, values, errors),
    }),
  )
}

/** The form of an assignment again; after a refusal about the version that is stored now. */
async function showAssignment(c: WebContext, services: Services, values: FormValues | null, errors: FormErrors): Promise<Response> {
  const opened = await openForArranging(c, services)
  const t = c.get('t')
  const assignment = assignmentIn(opened, keyOf(c).assignmentId)
  const { departmentId, personId, contactId } = responsibleIn(assignment)
  const stored = {
    departmentId: departmentId ?? '',
    personId: personId ?? '',
    contactId: contactId ?? '',
    dueOn: assignment.dueOn ?? '',
    note: assignment.note ?? '',
  }
  const content = (
    <AssignmentPage
      t={t}
      {...opened}
      assignment={assignment}
      covered={coveredQuestions(opened.whole, opened.assignments, assignment.id)}
      values={values ?? stored}
      errors={errors}
      closedBecause={closedText(t, opened.assessment, services.now())}
    />
  )
  return page(c, services, { title: assignmentTitle(t, opened.whole, assignment), status: statusOf(errors) }, content)
}

function registerAssignment(pages: Pages, services: Services): void {
  const { now, instruments } = services
  pages.get(`${base}/:assignment`, 'city.arrange', (c) => showAssignment(c, services, null, noErrors))
  pages.post(`${base}/:assignment`, 'city.arrange', 'updateAssignment', (c) =>
    handleForm(c, {
      schema: assignmentForm,
      run: async (input) => {
        await inTransaction(services, c, (db) => updateAssignment(db, personOf(c), instruments, { ...keyOf(c), ...input }, now()))
        return `${listOf(c)}?done=updated`
      },
      again: (values, errors) => showAssignment(c, services, values, errors),
    }),
  )
  pages.post(`${base}/:assignment/withdraw`, 'city.arrange', 'withdrawAssignment', (c) =>
    handleForm(c, {
      schema: z.object({ version: versionField }),
      run: async ({ version }) => {
        await inTransaction(services, c, (db) => withdrawAssignment(db, personOf(c), instruments, { ...keyOf(c), version }, now()))
        return `${listOf(c)}?done=withdrawn`
      },
      again: (_, errors) => showAssignment(c, services, null, errors),
    }),
  )
}

function registerHandOn(pages: Pages, services: Services): void {
  const { now, instruments } = services
  const path = `${base}/:assignment/hand-on`
  const show = async (c: WebContext, values: FormValues, errors: FormErrors) => {
    const opened = await inTransaction(services, c, (db) => openHandOn(db, personOf(c), instruments, keyOf(c), now()))
    const t = c.get('t')
    const title = t('departments.handOn.title', { what: targetText(t, opened.whole, opened.assignment) })
    const content = <HandOnPage t={t} {...opened} personId={personOf(c).id} values={values} errors={errors} />
    return page(c, services, { title, status: statusOf(errors) }, content)
  }
  pages.get(path, 'answer.save', (c) => show(c, {}, noErrors))
  pages.post(path, 'answer.save', 'handOnAssignment', (c) =>
    handleForm(c, {
      schema: handOnForm,
      run: async ({ questions, ...input }) => {
        await inTransaction(services, c, (db) =>
          handOnAssignment(db, personOf(c), instruments, { ...keyOf(c), ...input, questionIds: questions }, now()),
        )
        return `${listOf(c)}?done=handed-on`
      },
      again: (values, errors) => show(c, values, errors),
    }),
  )
}
