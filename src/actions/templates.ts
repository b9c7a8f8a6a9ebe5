import { type Language, languages } from '../../db/words.ts';
import { reviewFreeText } from '../domain/incidents/updates/review-free-text.ts';
import { addTemplateVersion } from '../domain/wording/templates/add-version.ts';
import { approveTemplates } from '../domain/wording/templates/approve-templates.ts';
import { expireTemplate } from '../domain/wording/templates/expire-template.ts';
import { baseScope } from '../domain/wording/templates/read-template.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction, formOn, preparedForm } from './form-action.ts';

type Input = Record<string, unknown>;

/** The page of the cell that the form stands on, or the matrix. */
const pageOf = ({ scope, occasion }: Input): string =>
  typeof scope === 'string' && typeof occasion === 'string'
    ? adminPaths.template(scope, occasion)
    : adminPaths.templates;

/** `versions` holds what was shown, as "id:version" with spaces between. */
const approve = formAction(async ({ context, input }) => {
  const seen = String(input.versions ?? '')
    .split(' ')
    .filter(Boolean)
    .map((one) => one.split(':'));
  const versions = seen.map(([id = '', version]) => ({ id, version: Number(version) }));
  await approveTemplates(context, { versions });
  return withDone(pageOf(input), 'approved');
});

const write = preparedForm(async ({ context, input }) => {
  const { scope, texts, isSame, unticked: _unticked, ...rest } = input;
  const work = await addTemplateVersion.prepared(context, {
    ...rest,
    category: scope === baseScope ? null : scope,
    texts: writtenIn(texts),
    // Without the tick the verb decides: both changed at once say the same.
    ...(isSame === true ? { isSame } : {}),
  });
  return async () => {
    await work(context);
    return withDone(pageOf(input), 'saved');
  };
});

/** A language in which nobody wrote anything yet, and nobody does now, is left out. */
function writtenIn(texts: unknown): Input {
  const given: Partial<Record<Language, Input>> =
    typeof texts === 'object' && texts !== null ? { ...texts } : {};
  const isEmpty = ({ title, body, workaround, version }: Input): boolean =>
    version === 0 && [title, body, workaround].every((part) => String(part ?? '').trim() === '');
  const entries = languages.flatMap((language) => {
    const text = given[language];
    return text && !isEmpty(text) ? [[language, text]] : [];
  });
  return Object.fromEntries(entries);
}

const expire = formAction(async ({ context, input }) => {
  const { template, scope: _scope, occasion: _occasion, ...rest } = input;
  await expireTemplate(context, String(template ?? ''), rest);
  return withDone(pageOf(input), 'saved');
});

const review = formOn('update', reviewFreeText, () => withDone(adminPaths.freeText, 'reviewed'));

export const templates = { approve, write, expire, review };
