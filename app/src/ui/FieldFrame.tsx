import type { ComponentChildren } from 'preact'

/** What every field has. */
export interface FieldProps {
  /** Also the id, unless `id` is given. */
  name: string
  id?: string
  label: ComponentChildren
  /** Beside the label of a field that may stay empty: "(optional)". */
  optionalText?: string
  hint?: ComponentChildren
  /** What happened, which rule, what now. */
  error?: string
  /** Makes the label as large as a heading, for one question per page. */
  isLarge?: boolean
  /** Ids of further texts that describe the field, separated by spaces. */
  describedBy?: string
}

/** The ids of hint, error and further descriptions, for aria-describedby; undefined when there is none. */
export function describedByIds({ name, id = name, hint, error, describedBy }: FieldProps): string | undefined {
  const ids = [describedBy, hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
  return ids.filter(Boolean).join(' ') || undefined
}

/** Hint and error, in this order, with the ids that describedByIds names. */
export function FieldTexts({ name, id = name, hint, error }: FieldProps) {
  return (
    <>
      {hint !== undefined && (
        <div class="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </>
  )
}

/** The words of a label or legend. */
export function FieldLabelText({ label, optionalText }: Pick<FieldProps, 'label' | 'optionalText'>) {
  return (
    <>
      {label}
      {optionalText !== undefined && <span class="field-optional"> {optionalText}</span>}
    </>
  )
}

/** The class of a label or legend. */
export function labelClass(isLarge = false): string {
  return isLarge ? 'field-label field-label-large' : 'field-label'
}

/** Label, hint, error and one control below each other. */
export function FieldFrame({ field, children }: { field: FieldProps; children: ComponentChildren }) {
  return (
    <div class={field.error === undefined ? 'field' : 'field field-has-error'}>
      <label class={labelClass(field.isLarge)} htmlFor={field.id ?? field.name}>
        <FieldLabelText label={field.label} optionalText={field.optionalText} />
      </label>
      <FieldTexts {...field} />
      <div class="field-control">{children}</div>
    </div>
  )
}

/** A fieldset with legend, hint and error around several controls. */
export function FieldGroup({ field, children }: { field: FieldProps; children: ComponentChildren }) {
  return (
    <fieldset class={field.error === undefined ? 'field' : 'field field-has-error'} aria-describedby={describedByIds(field)}>
      <legend class={labelClass(field.isLarge)}>
        <FieldLabelText label={field.label} optionalText={field.optionalText} />
      </legend>
      <FieldTexts {...field} />
      <div class="field-control option-list">{children}</div>
    </fieldset>
  )
}
