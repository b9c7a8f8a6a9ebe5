import { incidents } from './incidents.ts';
import { sessions } from './sessions.ts';

/** Every form of the admin area: one short file per noun, each action calls one verb. */
export const server = { incidents, sessions };
