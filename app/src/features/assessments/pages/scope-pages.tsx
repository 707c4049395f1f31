import { z } from 'zod'
import { fieldOf, type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { can } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import type { Instrument } from '../../instrument/instrument.ts'
import { maximumScopeReason, newestStatements } from '../scope.ts'
import { openScope, type OpenedScope, type ScopeAnswer, stateScope } from '../scope-usecases.ts'
import { readOnlyReason } from './parts.tsx'
import { reasonField, scopeField, ScopePage } from './ScopePage.tsx'

const open = (c: WebContext, services: Services): Promise<OpenedScope> =>
  inTransaction(services, c, (db) => openScope(db, personOf(c), services.instruments, c.req.param('assessmentId')!))

/** The form as it is stored. */
function valuesOf({ instrument, statements }: OpenedScope): FormValues {
  const newest = newestStatements(statements)
  return Object.fromEntries(
    (instrument.scopes ?? []).flatMap(({ id }) => {
      const { isResponsible = null, reason = null } = newest.get(id) ?? {}
      return [
        [scopeField(id), isResponsible === null ? '' : isResponsible ? 'yes' : 'no'],
        [reasonField(id), reason ?? ''],
      ]
    }),
  )
}

/** Answers as the form sends them; whoever is not responsible says who is. */
function formSchema({ scopes = [] }: Instrument): z.ZodType<{ version: number; answers: ScopeAnswer[] }> {
  const values = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
  return values.transform((sent, ctx) => {
    const answers = scopes.flatMap(({ id }): ScopeAnswer[] => {
      const chosen = fieldOf(sent, scopeField(id))
      if (chosen !== 'yes' && chosen !== 'no') return []
      const reason = fieldOf(sent, reasonField(id)).trim()
      const problem = reason === '' ? 'scope.form.reasonMissing' : reason.length > maximumScopeReason ? 'scope.form.reasonLong' : null
      if (chosen === 'no' && problem !== null) ctx.addIssue({ code: 'custom', path: [reasonField(id)], message: problem })
      return [{ scopeId: id, isResponsible: chosen === 'yes', reason }]
    })
    return { version: Number(fieldOf(sent, 'version')) || 0, answers }
  })
}

function show(c: WebContext, services: Services, opened: OpenedScope, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const mayArrange = can(personOf(c), 'city.arrange', opened.assessment.city.id).ok
  const readOnly = mayArrange ? readOnlyReason(t, c, opened.assessment, services.now()) : t('scope.readOnly')
  const props = { t, opened, values, errors, readOnly, isSaved: c.req.method === 'GET' && c.req.query('saved') !== undefined }
  return page(c, services, { title: t('scope.title'), status: errors === noErrors ? 200 : 422 }, <ScopePage {...props} />)
}

export function registerScopePages(pages: Pages, services: Services): void {
  const path = '/assessments/:assessmentId/scope'
  pages.get(path, 'assessment.read', async (c) => {
    const opened = await open(c, services)
    return show(c, services, opened, valuesOf(opened), noErrors)
  })
  pages.post(path, 'city.arrange', 'stateScope', async (c) => {
    const { assessment, instrument } = await open(c, services)
    return handleForm(c, {
      schema: formSchema(instrument),
      run: async ({ version, answers }) => {
        const request = { assessmentId: assessment.id, version, answers }
        await inTransaction(services, c, (db) => stateScope(db, personOf(c), services.instruments, request, services.now()))
        return `/assessments/${assessment.id}/scope?saved`
      },
      again: async (values, errors) => show(c, services, await open(c, services), values, errors),
    })
  })
}
