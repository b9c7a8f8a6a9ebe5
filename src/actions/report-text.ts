import { readEntries } from '../domain/reports/read-entries.ts';
import { prepareEditor } from '../domain/reports/save-editor.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { preparedForm } from './form-action.ts';
import { areWhole, atRows, entriesOf, recordOf, suppliersOf } from './report-entries.ts';
import { changedMoments } from './report-typed.ts';
import { withUnticked } from './unticked.ts';

type Input = Record<string, unknown>;

/**
 * The whole editor in one form. `keepTheirs` names fields that stay as somebody else saved them meanwhile; `take` holds
 * a suggested milestone; `isAutosave` comes from the script, which leaves out what is half typed.
 */
const save = preparedForm(async ({ context, input, values }) => {
  const {
    report,
    entries,
    milestones: moments,
    suppliers,
    take,
    keepTheirs,
    isAutosave,
    more,
    ...rest
  } = withUnticked(input);
  const id = String(report ?? '');
  const given = entriesOf(entries, await readEntries(context, id));
  const timeline = given && (isAutosave !== true || areWhole(given)) ? { entries: given.entries } : {};
  const work = await prepareEditor(context, id, {
    report: without({ ...rest, ...timeline }, Array.isArray(keepTheirs) ? keepTheirs : []),
    milestones:
      isAutosave === true
        ? {}
        : withPageEnd(changedMoments(recordOf(moments), recordOf(take), values), moments),
    suppliers: isAutosave === true ? [] : suppliersOf(suppliers),
  });
  return async () => {
    try {
      await work(context);
    } catch (error) {
      throw atRows(error, given?.rows ?? []);
    }
    return withDone(adminPaths.reportText(id), 'saved');
  };
});

/** With the answer to which end is right, where a moment is recorded at all. */
const withPageEnd = (changed: Input, typed: unknown): Input => {
  const { pageEnd } = recordOf(typed);
  return Object.keys(changed).length > 0 && pageEnd !== undefined ? { ...changed, pageEnd } : changed;
};

/** The input without the fields at these dotted paths. */
function without(input: Input, paths: readonly unknown[]): Input {
  return paths.reduce<Input>((all, path) => withoutOne(all, String(path).split('.')), input);
}

function withoutOne(input: Input, [first = '', ...rest]: readonly string[]): Input {
  const { [first]: inner, ...others } = input;
  if (rest.length === 0 || inner === undefined) return others;
  return { ...others, [first]: withoutOne(recordOf(inner), rest) };
}

export const reportText = { save };
