import { afterAll, expect, test } from 'vitest';
import { isDomainError } from '../../src/domain/core/errors.ts';
import { previewUpdate } from '../../src/domain/desk/preview-update.ts';
import { readComposer } from '../../src/domain/desk/read-composer.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { addTemplateVersion } from '../../src/domain/wording/templates/add-version.ts';
import { startSafeHtml } from '../../src/render/safe-html.ts';
import { describeEachEngine } from '../support/engines.ts';
import { statusPage } from '../support/incidents.ts';
import { asUser } from '../support/world.ts';

const hostile = '*a_'.repeat(6_500);
const safeHtml = startSafeHtml(process.cwd(), 200);
afterAll(() => safeHtml.close());

describeEachEngine('one hostile text', (bench) => {
  const rendering = async () => {
    const { csup } = await statusPage(bench.store);
    return { ...csup, renderTexts: safeHtml.render };
  };
  const fieldsOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'published',
      (error: unknown) => (isDomainError(error) ? error.fields.map(({ path, key }) => [path, key]) : error),
    );
  const message = (body: string) => ({
    category: 'api',
    phase: 'investigating',
    texts: {
      de: { title: 'Anfragen scheitern', body: 'Etwa die Hälfte.' },
      en: { title: 'Calls fail', body },
    },
  });

  test('stops publishing of nobody else: nobody waits until it is refused', async () => {
    const csup = await rendering();
    const { promise: isPublished, resolve: published } = Promise.withResolvers<void>();
    const slow: typeof csup = {
      ...csup,
      renderTexts: async (texts) => {
        if (texts.some(({ source }) => source === hostile)) await isPublished;
        return csup.renderTexts(texts);
      },
    };
    const refusal = fieldsOf(openIncident(slow, message(hostile)));
    // Inside a transaction the slow one would keep this one waiting for ever.
    await openIncident(csup, message('About half.')).then(() => published());
    expect(await refusal).toEqual([['texts.en.body', 'markdown_failed']]);
  });

  test('is refused at its field in an update, a correction, a template and the preview', async () => {
    const csup = await rendering();
    const { id, updateId } = await openIncident(csup, message('About half.'));
    const texts = { en: { title: 'Calls fail', body: hostile } };
    const refused = [['texts.en.body', 'markdown_failed']];
    expect(await fieldsOf(postUpdate(csup, id, { phase: 'identified', texts }))).toEqual(refused);
    expect(await fieldsOf(correctUpdate(csup, updateId, { texts: { en: { body: hostile } } }))).toEqual(
      refused,
    );
    const manager = { ...(await asUser(bench.store, ['manager', 'csup'])), renderTexts: safeHtml.render };
    const template = { occasion: 'investigating', texts: { en: { title: 'Calls fail', body: hostile } } };
    expect(await fieldsOf(addTemplateVersion(manager, template))).toEqual(refused);
    const composer = await readComposer(csup, { category: 'api' });
    const { composition, html } = await previewUpdate(csup, composer, { texts });
    expect(composition.refusals.map(({ path, key }) => [path, key])).toEqual(refused);
    expect(html.en).toBeUndefined();
  });
});
