/** Results of all cities, column by column. */
export class ResultStore {}
