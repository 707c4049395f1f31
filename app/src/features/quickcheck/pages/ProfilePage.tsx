import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type Instrument, textOf } from '../../instrument/instrument.ts'
import { exactText, pointsText, scoreText } from '../../results/pages/words.ts'
import type { Profile, ProfileArea, ProfileQuestion } from '../profile.ts'
import type { QuickSheet } from '../sheet.ts'
import { choiceText } from './choice-text.ts'
import { ProfileChart } from './ProfileChart.tsx'

/** Props of ProfilePage. */
export interface ProfilePageProps {
  t: Translator
  instrument: Instrument
  profile: Profile
  /** The answers as they travel on: nothing is kept on the server. */
  sheet: QuickSheet
}

/** What the anchor questions say about each area, what that means, and the way to take the answers along. */
export function ProfilePage(props: ProfilePageProps) {
  const { t, profile } = props
  const { said, answered, asked, total } = profile
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/', text: t('cities.crumb.start') },
          { href: '/quick-check', text: t('quickcheck.title') },
        ]}
      />
      <PageHeading
        title={t('quickcheck.profile.title')}
        lead={t('quickcheck.profile.lead', { said, notKnown: said - answered, asked, total })}
      />
      <Meaning {...props} />
      <ProfileChart {...props} />
      <TakeAlong {...props} />
      <section class="section">
        <h2>{t('quickcheck.profile.areasTitle')}</h2>
        {profile.areas.map((area) => (
          <Area key={area.dimension.id} {...props} area={area} />
        ))}
      </section>
    </>
  )
}

function Meaning({ t, profile, instrument }: ProfilePageProps) {
  const most = Math.max(
    ...instrument.dimensions.map(({ indicators }) => indicators.reduce((sum, { questions }) => sum + questions.length, 0)),
  )
  return (
    <Notice kind="information" title={t('quickcheck.profile.meansTitle')}>
      <ul>
        <li>{t('quickcheck.profile.means.1')}</li>
        <li>{t('quickcheck.profile.means.2', { most })}</li>
        <li>{t('quickcheck.profile.means.3', { asked: profile.asked })}</li>
      </ul>
    </Notice>
  )
}

/** The file, and the way back to the questions with everything that was answered. */
function TakeAlong({ t, sheet }: ProfilePageProps) {
  const content = JSON.stringify(sheet)
  return (
    <section class="section stack screen-only" id="take-along">
      <h2>{t('quickcheck.profile.nextTitle')}</h2>
      <p class="prose">{t('quickcheck.profile.nextText')}</p>
      <FormActions>
        <form method="post" action="/quick-check/file" data-quick-file>
          <input type="hidden" name="sheet" value={content} />
          <Button>{t('quickcheck.profile.download')}</Button>
        </form>
        <form method="post" action="/quick-check" data-quick-on>
          <input type="hidden" name="sheet" value={content} />
          <Button kind="secondary" name="action" value="edit">
            {t('quickcheck.profile.edit')}
          </Button>
        </form>
      </FormActions>
      <p>
        {t('quickcheck.profile.gone')} {t('quickcheck.profile.print')}
      </p>
      <ul class="plain-list">
        <li>
          <a href="/questionnaire">{t('quickcheck.profile.whole')}</a>
        </li>
        <li>
          <a href="/method">{t('quickcheck.profile.method')}</a>
        </li>
      </ul>
    </section>
  )
}

/** What can be said about an area, in words. */
export function areaText(t: Translator, { score, exact, upper, answered, asked, total }: ProfileArea): string {
  if (answered === 0) return t('quickcheck.profile.area.none')
  if (score === null) return t('quickcheck.profile.area.notApplicable')
  if (score === 100) return t('quickcheck.profile.area.full', { score: exactText(t, exact), asked, rest: total - asked })
  const open = asked - answered
  const said = t('quickcheck.profile.area.some', { score: exactText(t, exact), asked, total })
  return open === 0 ? said : `${said} ${t('quickcheck.profile.area.open', { open, upper: scoreText(t, upper) })}`
}

function Area({ t, instrument, area }: ProfilePageProps & { area: ProfileArea }) {
  const { id } = area.dimension
  const { name } = textOf(instrument, t.language).dimensions[id]!
  return (
    <div class="quick-area" id={`area-${id}`}>
      <h3>{name}</h3>
      <p class="prose">{areaText(t, area)}</p>
      <Disclosure summary={t('quickcheck.profile.details', { name })}>
        <DataTable
          id={`questions-${id}`}
          caption={t('quickcheck.profile.details', { name })}
          isCaptionHidden
          narrow="stack"
          emptyText=""
          columns={[
            { id: 'question', header: t('quickcheck.profile.column.question') },
            { id: 'answer', header: t('quickcheck.profile.column.answer') },
            { id: 'points', header: t('quickcheck.profile.column.points'), align: 'end', isNarrow: true },
          ]}
          rows={area.questions.map((question) => ({ id: question.rules.id, cells: cellsOf(t, instrument, question) }))}
        />
      </Disclosure>
    </div>
  )
}

function cellsOf(t: Translator, instrument: Instrument, { rules, answer, points, max }: ProfileQuestion) {
  return {
    question: <a href={`/questionnaire#${rules.id}`}>{textOf(instrument, t.language).questions[rules.id]!.question}</a>,
    answer: answer === null ? t('quickcheck.profile.notAnswered') : choiceText(t, instrument, answer),
    points: points === null ? '–' : t('quickcheck.profile.points', { points: pointsText(t, points), max: pointsText(t, max) }),
  }
}
