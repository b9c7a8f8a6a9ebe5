import { DomainError, isDomainError } from '../domain/core/errors.ts';
import { planMeeting } from '../domain/reports/meetings/plan-meeting.ts';
import { recordMeeting } from '../domain/reports/meetings/record-meeting.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction, formOn } from './form-action.ts';
import { withUnticked } from './unticked.ts';

type Input = Record<string, unknown>;

/** Rows of the form that nobody filled are left out; a refusal names the row as it stood on the page. */
const record = formAction(async ({ context, input: { meeting, items, ...input } }) => {
  const rows = Object.entries(recordOf(items)).filter(([, row]) => isFilled(recordOf(row)));
  try {
    const wanted = { outcomes: {}, ...withUnticked(input), items: rows.map(([, row]) => row) };
    const { id } = await recordMeeting(context, String(meeting ?? ''), wanted);
    return withDone(adminPaths.meeting(id), 'saved');
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const fields = error.fields.map((field) => ({
      ...field,
      path: field.path.replace(/^items\.(\d+)/, (whole, at) => `items.${rows[Number(at)]?.[0] ?? whole}`),
    }));
    throw new DomainError(error.code, error.key, {
      params: error.params,
      fields,
      details: error.details,
    });
  }
});

/** The aim is chosen from the start, so it alone fills no row. */
const isFilled = ({ action, owner, dueOn }: Input): boolean =>
  Object.values(recordOf(action)).some((text) => String(text).trim() !== '') ||
  owner !== undefined ||
  dueOn !== undefined;

const recordOf = (value: unknown): Input => (typeof value === 'object' && value !== null ? { ...value } : {});

export const meetings = {
  plan: formOn('meeting', planMeeting, ({ id }) => withDone(adminPaths.meeting(id), 'saved')),
  record,
};
