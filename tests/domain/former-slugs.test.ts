import { expect, test } from 'vitest';
import { changeCategory } from '../../src/domain/catalogue/categories/change-category.ts';
import { findByFormerSlug } from '../../src/domain/catalogue/categories/former-slugs.ts';
import { describeEachEngine } from '../support/engines.ts';
import { fillAgain } from '../support/fill-again.ts';
import { statusPage } from '../support/incidents.ts';
import { minutesLater } from '../support/world.ts';

describeEachEngine('former slugs', (bench) => {
  const rows = async () => {
    const { formerSlugs } = bench.store.tables;
    const all = await bench.store.read.select().from(formerSlugs);
    return all.sort((a, b) => a.slug.localeCompare(b.slug));
  };

  test('are kept with when they were left, once each; other changes keep none', async () => {
    const { manager, api, website } = await statusPage(bench.store);
    await changeCategory(manager, api, { name: { en: 'APIs', de: 'APIs' } });
    expect(await rows()).toEqual([]);
    await changeCategory(manager, api, { slug: 'apis' });
    await changeCategory(minutesLater(manager, 1), api, { slug: 'api' });
    const now = minutesLater(manager, 2);
    await changeCategory(now, api, { slug: 'apis' });
    expect(await rows()).toEqual([
      { slug: 'api', categoryId: api, until: now.now },
      { slug: 'apis', categoryId: api, until: minutesLater(manager, 1).now },
    ]);
    expect(await findByFormerSlug(bench.store, 'api')).toMatchObject({ id: api, slug: 'apis' });
    await changeCategory(minutesLater(manager, 3), website, { slug: 'api' });
    await changeCategory(minutesLater(manager, 4), website, { slug: 'web' });
    expect(await findByFormerSlug(bench.store, 'api')).toMatchObject({ id: website });
    expect(await findByFormerSlug(bench.store, 'nothing')).toBeNull();
  });

  test('that were left before the upgrade are read from the audit', async () => {
    const { manager, api } = await statusPage(bench.store);
    await changeCategory(manager, api, { slug: 'apis', name: { en: 'APIs', de: 'APIs' } });
    await changeCategory(minutesLater(manager, 1), api, { slug: 'api' });
    await changeCategory(minutesLater(manager, 2), api, { slug: 'interfaces' });
    const before = await rows();
    expect(before).toHaveLength(2);
    await fillAgain(bench, '0011_former-slugs', 'delete from former_slugs');
    expect(await rows()).toEqual(before);
  });
});
