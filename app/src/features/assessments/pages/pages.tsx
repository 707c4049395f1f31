import type { Db } from '../../../db/open.ts'
import { AppError } from '../../../errors.ts'
import { fieldOf, type FormValues, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { formatTime } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { dimensionOf, type Dimension, type Instrument, textOf } from '../../instrument/instrument.ts'
import { applyPatch, type StoredAnswer } from '../answer.ts'
import { questionsOfDimension, questionStatuses } from '../assessment.ts'
import { openCarried } from '../carried-usecases.ts'
import { type AssessmentExtras, collectAssessmentExtras, collectQuestionExtras, type ExtrasRequest } from '../extras.ts'
import type { QuestionExtras } from '../question-view.ts'
import { getHistory, openQuestionnaire, type OpenedQuestionnaire, saveAnswer } from '../usecases.ts'
import { AreaPage, QuestionPage } from './AnsweringPage.tsx'
import { carriedNote } from './carried-words.ts'
import { CheckPage } from './CheckPage.tsx'
import { ConflictPage } from './ConflictPage.tsx'
import { patchOfForm } from './form-patch.ts'
import { HistoryPage } from './HistoryPage.tsx'
import { answeringProps, contextLine, dueText, readOnlyReason } from './parts.tsx'
import { TaskListPage } from './TaskListPage.tsx'

const script = 'client/answering.tsx'

const openIn = (db: Db, c: WebContext, services: Services): Promise<OpenedQuestionnaire> =>
  openQuestionnaire(db, personOf(c), services.instruments, c.req.param('assessmentId')!)

const open = (c: WebContext, services: Services): Promise<OpenedQuestionnaire> =>
  inTransaction(services, c, (db) => openIn(db, c, services))

const extrasRequest = (c: WebContext, services: Services, opened: OpenedQuestionnaire): ExtrasRequest => ({
  ...opened,
  t: c.get('t'),
  person: personOf(c),
  now: services.now(),
})

function dimensionNamed(instrument: Instrument, id: string): Dimension {
  const dimension = instrument.dimensions.find((d) => d.id === id)
  if (!dimension) throw new AppError('NOT_FOUND')
  return dimension
}

async function taskList(c: WebContext, services: Services, sources: AssessmentExtras): Promise<Response> {
  const [opened, extras] = await inTransaction(services, c, async (db) => {
    const found = await openIn(db, c, services)
    return [found, await collectAssessmentExtras(db, sources.assessment, extrasRequest(c, services, found))] as const
  })
  const { assessment, instrument, answers, reach, exclusions } = opened
  const t = c.get('t')
  const now = services.now()
  const content = (
    <TaskListPage
      t={t}
      assessment={assessment}
      instrument={instrument}
      statuses={questionStatuses(instrument, answers, exclusions)}
      due={dueText(t, assessment, now)}
      readOnly={readOnlyReason(t, c, assessment, now)}
      isPart={reach.reads !== null}
      extras={extras}
    />
  )
  return page(c, services, { title: contextLine(assessment) }, content)
}

interface Shown {
  opened: OpenedQuestionnaire
  dimension: Dimension
  /** The one question that is shown; null = all of the area. */
  only: string | null
  extras: Record<string, QuestionExtras>
}

/** Opens an area or one question of it, with what other features know about its questions. */
function openPart(
  c: WebContext,
  services: Services,
  sources: AssessmentExtras,
  choose: (opened: OpenedQuestionnaire) => Pick<Shown, 'dimension' | 'only'>,
): Promise<Shown> {
  return inTransaction(services, c, async (db) => {
    const opened = await openIn(db, c, services)
    const { dimension, only } = choose(opened)
    const questionIds = only === null ? questionsOfDimension(dimension).map(({ id }) => id) : [only]
    const extras = await collectQuestionExtras(db, sources.questions, { ...extrasRequest(c, services, opened), questionIds })
    return { opened, dimension, only, extras }
  })
}

async function answering(c: WebContext, services: Services, { opened, dimension, only, extras }: Shown): Promise<Response> {
  const t = c.get('t')
  const island = answeringProps(c, services, { ...opened, dimension, only, extras })
  const props = {
    t,
    ...opened,
    dimension,
    island,
    statuses: questionStatuses(opened.instrument, opened.answers, opened.exclusions),
    due: dueText(t, opened.assessment, services.now()),
    isSaved: c.req.query('saved') !== undefined,
  }
  const title =
    only === null
      ? textOf(opened.instrument, t.language).dimensions[dimension.id]!.name
      : textOf(opened.instrument, t.language).questions[only]!.question
  return page(
    c,
    services,
    { title, scripts: [script], islands: { 'answering-props': island } },
    only === null ? <AreaPage {...props} /> : <QuestionPage {...props} />,
  )
}

async function area(c: WebContext, services: Services, sources: AssessmentExtras): Promise<Response> {
  const choose = ({ instrument }: OpenedQuestionnaire) => ({ dimension: dimensionNamed(instrument, c.req.param('dimension')!), only: null })
  return answering(c, services, await openPart(c, services, sources, choose))
}

async function question(c: WebContext, services: Services, sources: AssessmentExtras): Promise<Response> {
  const id = c.req.param('questionId')!
  const choose = ({ instrument }: OpenedQuestionnaire) => {
    const dimension = dimensionOf(instrument, id)
    if (!dimension) throw new AppError('QUESTION_NOT_FOUND', { question: id })
    return { dimension, only: id }
  }
  return answering(c, services, await openPart(c, services, sources, choose))
}

async function check(c: WebContext, services: Services): Promise<Response> {
  const { assessment, instrument, whole, answers, exclusions } = await open(c, services)
  const t = c.get('t')
  const id = c.req.param('dimension')
  const dimensions = id === undefined ? instrument.dimensions : [dimensionNamed(instrument, id)]
  const content = (
    <CheckPage
      t={t}
      assessment={assessment}
      instrument={whole}
      statuses={questionStatuses(instrument, answers, exclusions)}
      dimensions={dimensions}
      isPart={instrument !== whole}
      readOnly={readOnlyReason(t, c, assessment, services.now())}
    />
  )
  return page(c, services, { title: t('assessments.check.title', { area: contextLine(assessment) }) }, content)
}

async function history(c: WebContext, services: Services): Promise<Response> {
  const questionId = c.req.param('questionId')!
  const assessmentId = c.req.param('assessmentId')!
  const [{ assessment, instrument, history: versions }, sheet] = await inTransaction(services, c, async (db) => {
    const found = await getHistory(db, personOf(c), services.instruments, assessmentId, questionId)
    return [found, (await openCarried(db, personOf(c), services.instruments, assessmentId, services.now())).sheet] as const
  })
  const t = c.get('t')
  const note = sheet && carriedNote(t, sheet, sheet.questions.get(questionId)!)
  return page(
    c,
    services,
    { title: t('assessments.history.title') },
    <HistoryPage t={t} assessment={assessment} instrument={instrument} questionId={questionId} history={versions} note={note} />,
  )
}

/** Only pages of this assessment may be returned to. */
function returnAddress(values: FormValues, assessmentId: string, questionId: string): string {
  const address = fieldOf(values, 'returnTo')
  const own = `/assessments/${assessmentId}/`
  return address.startsWith(own) && /^[\w/-]+$/.test(address)
    ? `${address}?saved=${questionId}#question-${questionId}`
    : `${own}questions/${questionId}?saved=${questionId}`
}

async function conflict(
  c: WebContext,
  services: Services,
  { assessment, instrument, whole, reach, exclusions }: OpenedQuestionnaire,
  questionId: string,
  values: FormValues,
  current: StoredAnswer,
): Promise<Response> {
  const t = c.get('t')
  const mine = applyPatch(current, patchOfForm(instrument, questionId, values))
  const island = answeringProps(c, services, {
    assessment,
    whole,
    reach,
    answers: new Map(),
    exclusions,
    dimension: dimensionOf(instrument, questionId)!,
    only: questionId,
    extras: {},
  })
  const view = island.groups.flatMap((group) => group.questions).find((candidate) => candidate.rules.id === questionId)!
  const when = current.updatedAt === null ? '' : formatTime(t.language, new Date(current.updatedAt))
  const content = (
    <ConflictPage
      t={t}
      assessment={assessment}
      view={view}
      mine={mine}
      theirs={current}
      texts={island.texts}
      when={when}
      returnTo={fieldOf(values, 'returnTo')}
    />
  )
  return page(c, services, { title: t('assessments.conflict.title'), status: 412 }, content)
}

/** Saving by a form, without a script: the same use case, and a page that shows both versions when somebody was quicker. */
async function save(c: WebContext, services: Services): Promise<Response> {
  const opened = await open(c, services)
  const questionId = c.req.param('questionId')!
  const values = await readForm(c)
  const address = returnAddress(values, opened.assessment.id, questionId)
  if (fieldOf(values, 'keep') === 'other') return c.redirect(address, 303)
  const request = {
    assessmentId: opened.assessment.id,
    questionId,
    patch: patchOfForm(opened.instrument, questionId, values),
    version: Number(fieldOf(values, 'version')) || 0,
    language: c.get('language'),
  }
  try {
    await inTransaction(services, c, (db) => saveAnswer(db, personOf(c), services.instruments, request, services.now()))
  } catch (error) {
    if (error instanceof AppError && error.code === 'ANSWER_CHANGED')
      return conflict(c, services, opened, questionId, values, error.members.current as StoredAnswer)
    throw error
  }
  return c.redirect(address, 303)
}

export function registerAssessmentPages(pages: Pages, services: Services, sources: AssessmentExtras): void {
  const base = '/assessments/:assessmentId'
  pages.get(base, 'assessment.read', (c) => taskList(c, services, sources))
  pages.get(`${base}/areas/:dimension`, 'assessment.read', (c) => area(c, services, sources))
  pages.get(`${base}/areas/:dimension/check`, 'assessment.read', (c) => check(c, services))
  pages.get(`${base}/check`, 'assessment.read', (c) => check(c, services))
  pages.get(`${base}/questions/:questionId`, 'assessment.read', (c) => question(c, services, sources))
  pages.get(`${base}/questions/:questionId/history`, 'assessment.read', (c) => history(c, services))
  pages.post(`${base}/answers/:questionId`, 'answer.save', 'saveAnswer', (c) => save(c, services))
}
