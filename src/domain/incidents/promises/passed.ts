/** A promised instant that has come, else null. */
export const passed = (at: Date | null, now: Date): Date | null => (at !== null && at <= now ? at : null);
