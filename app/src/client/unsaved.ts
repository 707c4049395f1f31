import type { AnswerFields } from '../features/assessments/answer.ts'

/** What was typed and not yet acknowledged by the server, kept in this browser until it is. */
export interface UnsavedAnswer {
  personId: string
  assessmentId: string
  questionId: string
  draft: AnswerFields
  /** Version of the answer the typing began with. */
  baseVersion: number
  /** Fields the server held when the typing began: what the person saw. */
  base: AnswerFields
  /** What was sent without an acknowledgement. */
  sent?: readonly AnswerFields[]
}

export interface UnsavedStore {
  put(answer: UnsavedAnswer): Promise<void>
  remove(answer: Pick<UnsavedAnswer, 'personId' | 'assessmentId' | 'questionId'>): Promise<void>
  /** Only of this person: what somebody else typed in this browser is never shown. */
  list(personId: string, assessmentId: string): Promise<UnsavedAnswer[]>
}

function request<T>(action: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    action.onsuccess = () => resolve(action.result)
    action.onerror = () => reject(action.error)
  })
}

async function open(): Promise<IDBDatabase> {
  const opening = indexedDB.open('tessera', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('unsaved', { keyPath: ['personId', 'assessmentId', 'questionId'] })
  return request(opening)
}

/** The store in IndexedDB; a browser without one (private mode) works, but keeps nothing over a closed tab. */
export function openUnsavedStore(): UnsavedStore {
  const database = open().catch(() => null)
  const inStore = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> => {
    const db = await database
    return db === null ? null : request(work(db.transaction('unsaved', mode, { durability: 'strict' }).objectStore('unsaved')))
  }
  return {
    put: async (answer) => void (await inStore('readwrite', (store) => store.put(answer))),
    remove: async ({ personId, assessmentId, questionId }) =>
      void (await inStore('readwrite', (store) => store.delete([personId, assessmentId, questionId]))),
    list: async (personId, assessmentId) => {
      const range = IDBKeyRange.bound([personId, assessmentId, ''], [personId, assessmentId, '\uffff'])
      return ((await inStore('readonly', (store) => store.getAll(range))) as UnsavedAnswer[] | null) ?? []
    },
  }
}
