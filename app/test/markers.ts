/** In every text that city A has written. */
export const answerMarker = 'CANARY-A-ANSWER'
/** In names, mail addresses and devices of the people of city A. */
export const personMarker = 'CANARY-A-PERSON'
