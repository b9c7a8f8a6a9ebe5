/**
 * The version of what `render/markdown.ts` makes of a text. Stored HTML carries the version it was made with; whoever changes
 * what is made counts this up, and a job renders what is older anew.
 */
export const rendererVersion = 2;
