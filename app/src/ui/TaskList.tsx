import type { ComponentChildren } from 'preact'

/** How a status looks: done is plain, open and blocked are soft, attention is bold with a mark. */
export type TaskStatusKind = 'done' | 'open' | 'blocked' | 'attention'

/** One row of a task list. */
export interface Task {
  id: string
  title: ComponentChildren
  /** Absent when the task cannot be opened; then the hint says why. */
  href?: string
  hint?: ComponentChildren
  status: string
  statusKind?: TaskStatusKind
  /** Owner, due date, "5 of 9 answered". */
  meta?: readonly ComponentChildren[]
}

/** Props of TaskList. */
export interface TaskListProps {
  tasks: readonly Task[]
  /** Name of the list, for screen readers, if no heading says it. */
  label?: string
}

/** Tasks in any order; the whole row is the link, the status is plain text. */
export function TaskList({ tasks, label }: TaskListProps) {
  return (
    <ul class="task-list" aria-label={label}>
      {tasks.map((task) => (
        <TaskRow key={task.id} {...task} />
      ))}
    </ul>
  )
}

function TaskRow({ id, title, href, hint, status, statusKind = 'done', meta = [] }: Task) {
  return (
    <li class="task-list-row">
      {href === undefined ? (
        <span>{title}</span>
      ) : (
        <a class="task-list-link" href={href} aria-describedby={`task-${id}-status`}>
          {title}
        </a>
      )}
      {hint !== undefined && <div class="task-list-hint">{hint}</div>}
      {meta.length > 0 && (
        <ul class="task-list-meta">
          {meta.map((text, i) => (
            <li key={i}>{text}</li>
          ))}
        </ul>
      )}
      <div class={`task-list-status task-list-status-${statusKind}`} id={`task-${id}-status`}>
        {status}
      </div>
    </li>
  )
}
