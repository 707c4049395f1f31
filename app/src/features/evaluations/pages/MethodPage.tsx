import type { Translator } from '../../../text/text.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { PublicException } from '../assigning-queries.ts'
import type { OpenedMethod } from '../usecases.ts'
import { RegistrationView } from './MethodParts.tsx'

/** How a wave is evaluated, for everybody; the newest registration first. */
export function MethodPage({
  t,
  wave,
  instrument,
  registrations,
  exceptions,
}: OpenedMethod & { t: Translator; exceptions: PublicException[] }) {
  return (
    <>
      <PageHeading context={wave.name} title={t('evaluations.method.title')} lead={t('evaluations.method.lead')} />
      {registrations.length === 0 && <EmptyState title={t('evaluations.method.none')}>{t('evaluations.method.noneText')}</EmptyState>}
      {instrument !== null &&
        [...registrations]
          .reverse()
          .map((registration) => <RegistrationView key={registration.id} t={t} instrument={instrument} registration={registration} />)}
      {exceptions.length > 0 && (
        <section class="section">
          <h2>{t('evaluations.method.exceptions')}</h2>
          <p>{t('evaluations.method.exceptionsLead')}</p>
          <ul>
            {exceptions.map(({ city, part, note }) => (
              <li key={`${city}/${part}`}>
                {city}, {t(`evaluations.part.${part}`)}: {note}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
