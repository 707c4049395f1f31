import type { Translator } from '../../../text/text.ts'
import { PageHeading } from '../../../ui/PageHeading.tsx'

interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  enum?: unknown[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
}

interface Content {
  content?: Record<string, { schema?: Schema }>
  description?: string
}

export interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema & { description?: string } }[]
  requestBody?: Content
  responses?: Record<string, Content>
  /** Ways to show who one is; {} = nobody has to. */
  security?: Record<string, string[]>[]
}

/** The parts of an OpenAPI 3.1 document that the page shows. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** A schema in one line, as a programmer would write it. */
export function typeText(schema: Schema | undefined): string {
  if (schema === undefined) return ''
  if (schema.$ref) return nameOf(schema.$ref)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map(typeText).join(' | ')
  if (schema.items) return `${typeText(schema.items)}[]`
  if (schema.properties)
    return `{ ${Object.entries(schema.properties)
      .map(([name, inner]) => `${name}${schema.required?.includes(name) ? '' : '?'}: ${typeText(inner)}`)
      .join(', ')} }`
  return [schema.type ?? 'object'].flat().join(' | ')
}

function contentText(content: Content | undefined): string {
  return Object.entries(content?.content ?? {})
    .map(([type, { schema }]) => (type === 'application/json' ? typeText(schema) : type))
    .join(' | ')
}

/** The scope that an access token needs. */
function scopeText(t: Translator, { security = [] }: Operation) {
  const scope = security.flatMap(({ bearer = [] }) => bearer)[0]
  return scope === undefined ? t('api.scope.session') : <code>{scope}</code>
}

function OperationEntry({ t, method, path, operation }: { t: Translator; method: string; path: string; operation: Operation }) {
  const { parameters = [], requestBody, responses = {} } = operation
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))
  return (
    <section class="api-operation" id={operation.operationId} aria-labelledby={`${operation.operationId}-title`}>
      <h3 id={`${operation.operationId}-title`}>{operation.summary}</h3>
      <p>
        <code>
          {method.toUpperCase()} {path}
        </code>
      </p>
      {operation.description && <p>{operation.description}</p>}
      <dl class="api-details">
        {parameters.map(({ name, in: place, required, schema, description }) => (
          <div key={`${place}-${name}`}>
            <dt>
              <code>{name}</code>{' '}
              <span class="small">
                {place}
                {required ? '' : ` ${t('api.optional')}`}
              </span>
            </dt>
            <dd>
              <code>{typeText(schema)}</code> {description ?? schema?.description}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('api.scope')}</dt>
          <dd>{scopeText(t, operation)}</dd>
        </div>
        {requestBody && (
          <div>
            <dt>{t('api.body')}</dt>
            <dd>
              <code>{contentText(requestBody)}</code>
            </dd>
          </div>
        )}
        {good && (
          <div>
            <dt>{t('api.answer', { status: good[0] })}</dt>
            <dd>
              <code>{contentText(good[1])}</code>
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}

/** The readable page of the API, drawn from the document that machines read. */
export function ApiPage({ t, document, publicUrl }: { t: Translator; document: ApiDocument; publicUrl: string }) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? ''))].sort()
  return (
    <>
      <PageHeading title={t('api.title')} lead={t('api.lead')} />
      <ul>
        <li>
          {t('api.address')} <code>{publicUrl}/api/v1</code>
        </li>
        <li>
          {t('api.document')} <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>
        </li>
        <li>{t('api.errors')}</li>
        <li>{t('api.versions')}</li>
        <li>{t('api.keys')}</li>
        <li>
          {t('api.tokens')} <a href="/account/tokens">{t('api.tokensLink')}</a>
        </li>
        <li>{t('api.limits')}</li>
      </ul>
      <nav aria-label={t('api.contents')}>
        <ul class="plain-list">
          {tags.map((tag) => (
            <li key={tag}>
              <a href={`#tag-${tag}`}>{tag}</a>
            </li>
          ))}
        </ul>
      </nav>
      {tags.map((tag) => (
        <section key={tag} aria-labelledby={`tag-${tag}`}>
          <h2 id={`tag-${tag}`} lang="en">
            {tag}
          </h2>
          <div lang="en">
            {operations
              .filter(({ operation }) => (operation.tags?.[0] ?? '') === tag)
              .map((entry) => (
                <OperationEntry key={entry.operation.operationId} t={t} {...entry} />
              ))}
          </div>
        </section>
      ))}
      <section aria-labelledby="schemas">
        <h2 id="schemas">{t('api.schemas')}</h2>
        <dl class="api-details" lang="en">
          {Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                <code>{typeText(schema)}</code>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}
