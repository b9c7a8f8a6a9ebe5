import { type Archivable, archiving } from '../acts.ts';
import { refuseOpen } from '../categories/refuse-open.ts';
import { type Component, categoryOf, readComponents } from './read-components.ts';

const component: Archivable<Component, { row: Component }> = {
  noun: 'component',
  categoryOf,
  async find(tx, { actor }, id) {
    const { categories, components } = await readComponents(tx, actor);
    const row = components.find((one) => one.id === id);
    return row && { row, parent: categories.find((category) => category.id === row.categoryId) };
  },
  refuse: (tx, { now }, { row }) => refuseOpen(tx, now, { componentId: row.id }),
};

/** Takes a component off the page, once no public incident that names it is open; past ones keep it. */
export const archiveComponent = archiving(component, { toArchive: true });

export const restoreComponent = archiving(component, { toArchive: false });
