/**
 * The version of what `render/markdown.ts` makes of a text. Stored HTML carries the version it was made with; whoever changes
 * what is made counts this up, and a job renders what is older anew. A test holds both together. Stored HTML is derived, so
 * nothing of it is audited, and approvals and digests stay.
 */
export const rendererVersion = 2;
