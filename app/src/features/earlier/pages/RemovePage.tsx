import { fieldOf, type FormErrors, type FormValues, newFormKey } from '../../../forms.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import type { EarlierImport } from '../queries.ts'
import { longestReason } from '../schemas.ts'

/** Takes an import out again, with a reason. */
export function RemovePage({ t, found, values, errors }: { t: Translator; found: EarlierImport; values: FormValues; errors: FormErrors }) {
  const { id, fileName, rowCount, removedAt } = found
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/network/earlier', text: t('earlier.network.title') }]} />
      <FormProblems t={t} errors={errors} />
      <PageHeading title={t('earlier.remove.title', { file: fileName })} lead={t('earlier.remove.lead', { count: rowCount })} />
      {removedAt !== null ? (
        <Notice kind="information" title={t('earlier.remove.gone', { time: formatDateTime(t.language, removedAt) })} />
      ) : (
        <form class="form" method="post" action={`/network/earlier/imports/${id}/remove`} novalidate>
          <input type="hidden" name="_key" value={newFormKey()} />
          <TextAreaField
            name="reason"
            label={t('earlier.remove.reason')}
            hint={t('earlier.remove.reasonHint')}
            rows={3}
            maxLength={longestReason}
            value={fieldOf(values, 'reason')}
            error={errors.fields.reason}
          />
          <FormActions>
            <Button kind="danger">{t('earlier.remove.button')}</Button>
            <ButtonLink href="/network/earlier" kind="quiet">
              {t('earlier.remove.cancel')}
            </ButtonLink>
          </FormActions>
        </form>
      )}
    </>
  )
}
