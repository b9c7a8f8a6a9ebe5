import type { Transaction } from '../../../db/store.ts';
import type { Language } from '../../../db/words.ts';
import { appendAudit } from '../core/audit/append.ts';
import { authorize } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { type ImportResult, type ImportRun, refuse } from './import-run.ts';
import { type PlannedIncident, planIncident } from './plan-incident.ts';
import { readStatuspage, type SourceItem, type StatuspageSource } from './read-statuspage.ts';
import { straightened } from './straightened.ts';
import { writeComponents } from './write-components.ts';
import { writeIncidents } from './write-incidents.ts';

export interface ImportProgress {
  /** The source that was last worked on. */
  source: string;
  done: number;
  total: number;
  broken: number;
}

const chunkIncidents = 50;
const chunkUpdates = 300;

/**
 * Takes over the history of a Statuspage page: `summary.json`, `components.json`, `incidents.json`, single incidents
 * and lines of them. What it cannot take it names; a second run over the same data writes nothing.
 */
export async function importStatuspage(
  context: Context,
  sources: AsyncIterable<StatuspageSource> | Iterable<StatuspageSource>,
  tell: (progress: ImportProgress) => void,
  { language = 'en' }: { language?: Language } = {},
): Promise<ImportResult> {
  authorize(context, 'incidents.import');
  const names: string[] = [];
  const items = await readStatuspage(named(sources, names));
  const run: ImportRun = {
    context,
    language,
    result: {
      incidents: { added: 0, changed: 0, unchanged: 0 },
      updates: 0,
      components: 0,
      categories: 0,
      straightened: [],
      broken: items.broken,
    },
    withdrawn: [],
    hasWritten: false,
  };
  try {
    if (items.components.length > 0) {
      await write(run, (tx) => writeComponents(tx, run, items.components));
    }
    for (const { incidents, done, source } of chunks(run, items.incidents)) {
      await write(run, (tx) => writeIncidents(tx, run, incidents));
      tell({ source, done, total: items.incidents.length, broken: run.result.broken.length });
    }
  } finally {
    // Chunks that were committed before a failure stay, so they are told of too.
    if (run.hasWritten) await audit(run, names, [...items.components, ...items.incidents]);
  }
  const order = new Map(names.map((name, at) => [name, at]));
  for (const list of [run.result.broken, run.result.straightened]) {
    list.sort((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0) || a.line - b.line);
  }
  return run.result;
}

/** One transaction; when it fails, the run counts nothing of it. */
async function write(run: ImportRun, work: (tx: Transaction) => Promise<void>): Promise<void> {
  const { context, result, withdrawn, hasWritten } = run;
  const counted = structuredClone({ result, withdrawn, hasWritten });
  try {
    await context.store.transaction(work);
  } catch (error) {
    Object.assign(run, counted);
    throw error;
  }
}

async function* named(
  sources: AsyncIterable<StatuspageSource> | Iterable<StatuspageSource>,
  names: string[],
) {
  for await (const source of sources) {
    names.push(source.name);
    yield source;
  }
}

/** Reads incidents one by one and hands them on in chunks of moderate size in which every id occurs once. */
function* chunks(run: ImportRun, items: readonly SourceItem[]) {
  let incidents = new Map<string, PlannedIncident>();
  let updates = 0;
  let source = '';
  const seen = new Map<string, string>();
  for (const [done, item] of items.entries()) {
    const planned = planIncident(item, run.context.now);
    if (typeof planned === 'string') {
      refuse(run, item, planned);
      continue;
    }
    // The same in two files is how sources are; twice in one, and not alike, contradicts itself.
    const key = `${item.source} ${planned.row.id}`;
    const { digest } = planned.row.source;
    if ((seen.get(key) ?? digest) !== digest) planned.straightened.push(straightened.twice);
    seen.set(key, digest);
    const isFull = incidents.size >= chunkIncidents || updates + planned.updates.length > chunkUpdates;
    if (incidents.size > 0 && (isFull || incidents.has(planned.row.id))) {
      yield { incidents: [...incidents.values()], done, source };
      incidents = new Map();
      updates = 0;
    }
    incidents.set(planned.row.id, planned);
    updates += planned.updates.length;
    source = item.source;
  }
  if (incidents.size > 0) yield { incidents: [...incidents.values()], done: items.length, source };
}

async function audit(run: ImportRun, names: readonly string[], items: readonly SourceItem[]): Promise<void> {
  const { broken, straightened, ...counts } = run.result;
  const pages = [...new Set(items.map((item) => item.page.url))];
  await run.context.store.transaction((tx) =>
    appendAudit(tx, run.context, {
      action: 'import.statuspage',
      subjectType: 'import',
      subjectId: pages[0] ?? 'components',
      after: {
        pages,
        sources: names,
        ...counts,
        withdrawn: run.withdrawn,
        straightened: straightened.length,
        broken: broken.length,
      },
    }),
  );
}
