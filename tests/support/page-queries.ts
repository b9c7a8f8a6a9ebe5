/** What runs beside every page: jobs, their work, and the head of the audit that is kept after a write. No page deletes. */
const beside = /"(jobs|outbox)"|^delete |"settings"\."key" = |"html_version" </;

/** Whether a statement is asked for a page, and not by what runs by the clock beside it. */
export const isOfPage = (sql: string): boolean => !beside.test(sql);
