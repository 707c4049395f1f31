import { describedByIds, FieldFrame, type FieldProps } from './FieldFrame.tsx'

/** Props of FileField. */
export interface FileFieldProps extends FieldProps {
  /** Endings and media types to offer, such as ".csv,.xlsx"; the server decides by the content. */
  accept?: string
  isRequired?: boolean
}

/** One file from the reader's device. The form needs enctype="multipart/form-data". */
export function FileField(props: FileFieldProps) {
  const { name, id = name, accept, isRequired } = props
  return (
    <FieldFrame field={props}>
      <input
        class="file-input"
        type="file"
        id={id}
        name={name}
        accept={accept}
        required={isRequired}
        aria-describedby={describedByIds(props)}
        aria-invalid={props.error === undefined ? undefined : 'true'}
      />
    </FieldFrame>
  )
}
