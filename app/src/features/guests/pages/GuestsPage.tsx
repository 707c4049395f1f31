import { Fragment } from 'preact'
import { newFormKey } from '../../../forms.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { NewLink } from '../../accounts/new-link.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { questionNumbers } from '../../instrument/instrument.ts'
import { guestState } from '../guest.ts'
import type { ListedGuestLink } from '../queries.ts'
import type { OpenedGuests } from '../usecases.ts'

interface Props extends OpenedGuests {
  t: Translator
  now: Date
  newLink: NewLink | null
  isWithdrawn: boolean
}

/** Shows a link that has just been made, once; where scripts run, a button copies it. */
function NewGuestLink({ t, newLink }: { t: Translator; newLink: NewLink }) {
  const title = newLink.wasMailed ? t('guests.new.sent', { email: newLink.email }) : t('guests.new.made')
  return (
    <Notice kind="success" title={title} isAnnounced>
      <p>{t('guests.new.text')}</p>
      <TextField name="new-link" label={t('guests.new.link')} value={newLink.link} isReadOnly />
      <p data-copy="new-link" data-copied={t('accounts.invite.copied')} hidden>
        <Button kind="secondary" type="button">
          {t('accounts.invite.copy')}
        </Button>
      </p>
    </Notice>
  )
}

function Steps({ t, link, base, now }: { t: Translator; link: ListedGuestLink; base: string; now: Date }) {
  const state = guestState(link, now)
  if (state === 'withdrawn') return null
  const suffix = t('guests.list.for', { name: link.name })
  return (
    <div>
      <form method="post" action={`${base}/${link.id}/renew`}>
        <input type="hidden" name="_key" value={newFormKey()} />
        <Button kind="quiet" hiddenSuffix={suffix}>
          {t('guests.list.renew')}
        </Button>
      </form>
      {state !== 'expired' && (
        <form method="post" action={`${base}/${link.id}/withdraw`}>
          <Button kind="quiet" hiddenSuffix={suffix}>
            {t('guests.list.withdraw')}
          </Button>
        </form>
      )}
    </div>
  )
}

/** Who answers without an account: how far they are, and how to end it. */
export function GuestsPage({ t, now, assessment, instrument, links, newLink, isWithdrawn }: Props) {
  const base = `/assessments/${assessment.id}/guests`
  const numbers = questionNumbers(instrument)
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
        ]}
      />
      {newLink !== null && <NewGuestLink t={t} newLink={newLink} />}
      {isWithdrawn && <Notice kind="success" title={t('guests.list.withdrawn')} isAnnounced />}
      <PageHeading context={contextLine(assessment)} title={t('guests.list.title')} lead={t('guests.list.lead')} />
      <p>
        <ButtonLink href={`${base}/new`}>{t('guests.list.new')}</ButtonLink>
      </p>
      <div class="section">
        <DataTable
          id="guests"
          caption={t('guests.list.caption')}
          isCaptionHidden
          narrow="stack"
          emptyText={t('guests.list.empty')}
          columns={[
            { id: 'name', header: t('guests.list.name') },
            { id: 'questions', header: t('guests.list.questions') },
            { id: 'state', header: t('guests.list.state') },
            { id: 'until', header: t('guests.list.until') },
            { id: 'steps', header: t('guests.list.steps') },
          ]}
          rows={links.map((link) => ({
            id: link.id,
            cells: {
              name: link.email === null ? link.name : `${link.name}, ${link.email}`,
              questions: (
                <div>
                  {link.questionIds.map((id, i) => (
                    <Fragment key={id}>
                      {i > 0 && ', '}
                      <a href={`/assessments/${assessment.id}/questions/${id}`}>
                        {t('guests.list.question', { number: numbers.get(id) ?? id })}
                      </a>
                    </Fragment>
                  ))}
                </div>
              ),
              state: t(`guests.state.${guestState(link, now)}`, { answered: link.answered, asked: link.questionIds.length }),
              until: formatDate(t.language, link.expiresAt),
              steps: <Steps t={t} link={link} base={base} now={now} />,
            },
          }))}
        />
      </div>
    </>
  )
}
