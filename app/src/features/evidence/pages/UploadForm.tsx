import type { ComponentChildren } from 'preact'
import type { EvidenceSettings } from '../../../config.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { acceptedFiles, extensionsInWords } from '../media-type.ts'
import { libraryPath } from './parts.tsx'

interface FileFieldProps {
  t: Translator
  settings: Pick<EvidenceSettings, 'fileMb'>
  slug: string
  isMultiple: boolean
  error?: string
  /** Where the page goes when all files have come in; the library offers a link otherwise. */
  then?: string
}

/** A field for files; a script makes it a place to drop and paste, and sends them so that a break does not matter. */
export function FileField({ t, settings, slug, isMultiple, error, then }: FileFieldProps) {
  const hint = t('evidence.upload.hint', { types: extensionsInWords, limit: settings.fileMb })
  return (
    <div
      class={error === undefined ? 'field upload' : 'field field-has-error upload'}
      data-upload={slug}
      data-upload-limit={settings.fileMb * 1024 * 1024}
      data-upload-mode={isMultiple ? 'library' : 'one'}
      data-upload-then={then}
    >
      <label class="field-label" for="files">
        {t(isMultiple ? 'evidence.upload.files' : 'evidence.upload.file')}
      </label>
      <div class="field-hint" id="files-hint">
        {hint}
      </div>
      {error !== undefined && (
        <p class="field-error" id="files-error">
          {error}
        </p>
      )}
      <div class="upload-zone" data-upload-zone>
        <input
          class="upload-input"
          type="file"
          id="files"
          name="files"
          multiple={isMultiple}
          accept={acceptedFiles}
          aria-describedby={error === undefined ? 'files-hint' : 'files-hint files-error'}
        />
        <p class="upload-drop" data-upload-drop hidden>
          {t(isMultiple ? 'evidence.upload.drop' : 'evidence.upload.dropOne')}
        </p>
      </div>
      <p class="upload-status" role="status" data-upload-status></p>
      <ul class="upload-list" data-upload-list></ul>
    </div>
  )
}

/** Adds files to the library, several at once. */
export function UploadForm({
  t,
  slug,
  settings,
  formKey,
  then,
  children,
}: {
  t: Translator
  slug: string
  settings: EvidenceSettings
  formKey: string
  then?: string
  children?: ComponentChildren
}) {
  return (
    <form class="form" method="post" action={`${libraryPath(slug)}/files`} encType="multipart/form-data">
      <input type="hidden" name="_key" value={formKey} />
      <FileField t={t} settings={settings} slug={slug} isMultiple then={then} />
      {children}
      <div data-upload-submit>
        <Button>{t('evidence.upload.submit')}</Button>
      </div>
    </form>
  )
}
