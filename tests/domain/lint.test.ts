import { desc } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { isDomainError } from '../../src/domain/core/errors.ts';
import { changeSettings } from '../../src/domain/core/settings/change-settings.ts';
import { previewUpdate } from '../../src/domain/desk/preview-update.ts';
import { readComposer } from '../../src/domain/desk/read-composer.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { correctUpdate } from '../../src/domain/incidents/updates/correct-update.ts';
import { postUpdate } from '../../src/domain/incidents/updates/post-update.ts';
import { describeEachEngine } from '../support/engines.ts';
import { statusPage } from '../support/incidents.ts';

const wrong = {
  category: 'api',
  occasion: 'investigating',
  slots: {
    effect: { en: 'Calls to acme fail, see OPS-1', de: 'Anfragen an acme scheitern' },
    scope: 'some',
  },
};
const fieldsOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isDomainError(error)) throw new Error(`It was not refused but gave ${error}.`);
  return {
    code: error.code,
    fields: error.fields.map(({ path, key, params }) => [path, key, params?.found]),
  };
};

describeEachEngine('R-028: what is not meant for customers is not published', (bench) => {
  const newestAudit = async () => {
    const { auditEntries: table } = bench.store.tables;
    const [entry] = await bench.store.read.select().from(table).orderBy(desc(table.sequence)).limit(1);
    return entry && { action: entry.action, change: JSON.parse(entry.change) };
  };

  test('refused with every place named and nothing written; with a reason published, and both are in the audit', async () => {
    const { csup, admin } = await statusPage(bench.store);
    await changeSettings(admin, { redaction_terms: ['ACME'] });
    expect(await fieldsOf(openIncident(csup, wrong))).toEqual({
      code: 'invalid',
      fields: [
        ['texts.en.title', 'lint_blocked', 'OPS-1'],
        ['texts.en.title', 'lint_blocked', 'acme'],
        ['texts.de.title', 'lint_blocked', 'acme'],
      ],
    });
    expect(await bench.store.read.select().from(bench.store.tables.incidents)).toEqual([]);
    expect((await fieldsOf(openIncident(csup, { ...wrong, lintReason: '  ' }))).fields).toHaveLength(3);
    const { id } = await openIncident(csup, { ...wrong, lintReason: 'ACME agreed, the ticket is public' });
    expect(await newestAudit()).toMatchObject({
      action: 'update.posted',
      change: {
        after: {
          lintOverride: {
            reason: 'ACME agreed, the ticket is public',
            findings: [
              { rule: 'ticket_key', language: 'en', field: 'title', found: 'OPS-1' },
              { rule: 'redaction_term', language: 'en', found: 'acme' },
              { rule: 'redaction_term', language: 'de', found: 'acme' },
            ],
          },
        },
      },
    });
    // The effect goes on saying what it said: what was published with a reason is not asked about again.
    await postUpdate(csup, id, {
      phase: 'identified',
      texts: { en: { title: 'Calls fail', body: 'Found it.' } },
    });
    expect((await newestAudit())?.change.after).not.toHaveProperty('lintOverride');
  });

  test('the settings’ contacts and public names pass, as the settings stand now', async () => {
    const { csup, admin } = await statusPage(bench.store);
    await changeSettings(admin, { support_contact: 'support@example.com' });
    const message = {
      category: 'api',
      phase: 'investigating',
      texts: {
        en: { title: 'Calls fail', body: 'Write to support@example.com or see api.nordlicht.example.' },
      },
    };
    expect((await fieldsOf(openIncident(csup, message))).fields).toEqual([
      ['texts.en.body', 'lint_blocked', 'api.nordlicht.example'],
    ]);
    await changeSettings(admin, { public_names: ['api.nordlicht.example'] });
    await openIncident(csup, message);
  });

  test('a correction and its note are held to the same', async () => {
    const { csup } = await statusPage(bench.store);
    const { updateId } = await openIncident(csup, {
      category: 'api',
      phase: 'investigating',
      texts: { en: { title: 'Calls fail', body: 'About half of them.' } },
    });
    const correction = { texts: { en: { body: 'About a third.' } }, note: { en: 'Seen on db-prod-03' } };
    expect((await fieldsOf(correctUpdate(csup, updateId, correction))).fields).toEqual([
      ['texts.en.body', 'lint_blocked', 'db-prod-03'],
    ]);
    await correctUpdate(csup, updateId, { ...correction, lintReason: 'It is the name of a product' });
    expect(await newestAudit()).toMatchObject({
      action: 'update.corrected',
      change: {
        after: {
          lintOverride: { reason: 'It is the name of a product', findings: [{ found: 'db-prod-03' }] },
        },
      },
    });
  });

  test('the preview shows blocking findings and hints, and refuses nothing', async () => {
    const { csup } = await statusPage(bench.store);
    const composer = await readComposer(csup, { category: 'api' });
    const texts = { en: { title: 'Calls fail', body: 'Due to OPS-1, some users may see errors.' } };
    const { composition } = await previewUpdate(csup, composer, { texts });
    expect(composition.refusals).toEqual([]);
    expect(composition.findings.map(({ rule, isBlocking }) => [rule, isBlocking])).toEqual([
      ['ticket_key', true],
      ['early_cause', false],
      ['vague_scope', false],
    ]);
  });
});
