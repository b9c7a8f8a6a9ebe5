/**
 * What in a text is a name of our inside: mailboxes, hosts, addresses, machines, tickets, keys, customers. Products,
 * regions and versions look alike; what may as well be one of these is doubtful. The words are data in `content/lint.json`.
 */
import content from '../../../../content/lint.json' with { type: 'json' };

type InternalRule =
  | 'email_address'
  | 'host_name'
  | 'ip_address'
  | 'ticket_key'
  | 'machine_name'
  | 'secret'
  | 'customer_name';

export interface InternalName {
  rule: InternalRule;
  found: string;
  /** It may as well be a product, a region or a version: a hint at most. */
  isDoubtful: boolean;
}

/** `passes` was understood and is public; `other` is left for the next pattern to understand. */
type Verdict = 'blocks' | 'doubtful' | 'passes' | 'other';

/** Public names as they are compared: in small letters, those that are domains apart. */
interface Allowed {
  names: ReadonlySet<string>;
  domains: readonly string[];
}

const { names } = content;
const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const internalEnds = setOf(names.internalEnds);
const internalLabels = setOf(names.internalLabels);
const publicLabels = setOf(names.publicLabels);
const publicSites = names.publicSites.split(' ');
const machines = setOf(names.machines);
const products = setOf(names.products);
const roleMailboxes = setOf(names.roleMailboxes);
const ticketPrefixes = setOf(names.ticketPrefixes);
const otherPrefixes = setOf(names.otherPrefixes);

const anyOf = (words: string): string => words.split(' ').join('|');
const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const patterns = {
  secret: new RegExp(names.secrets.join('|'), 'gu'),
  email_address: /(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{1,63}/gu,
  host_name: new RegExp(
    `(?<![\\w.@-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}(?:${anyOf(names.publicEnds)}|${anyOf(names.internalEnds)})(?![\\w@-]|\\.[\\w-])`,
    'giu',
  ),
  link: /(?<!\w)https?:\/\/[a-z0-9][\w.-]{1,252}(?:[/?#][^\s<>()[\]"]*)?/giu,
  ipv4: new RegExp(`(?<![\\w.])(?:${octet}\\.){3}${octet}(?![\\w.]\\d|\\w)`, 'gu'),
  ipv6: /(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?|::[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})(?![\w:])/giu,
  ticket_key:
    /(?<![\w-])(?:[A-Z][A-Z0-9]{1,9}-\d{1,7}|(?:INC|CHG|PRB|REQ|RITM|TASK|SCTASK)\d{5,})(?![\w-])/gu,
  machine_name: /(?<![\w.@/-])[a-z][a-z0-9]{0,30}(?:[-_][a-z0-9]{1,30}){0,5}(?![\w@-]|\.\w)/giu,
  customer_name: new RegExp(names.customers.join('|'), 'gu'),
};
const beforeTicket = new RegExp(`(?:${names.beforeTicket})[\\s:#„“"'(]{1,3}$`, 'iu');
const beforeVersion = new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.beforeVersion})[\\s:]{1,2}$`, 'iu');
const privateIpv4 =
  /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** All names of the inside in a text that stands as readers see it, each once; `publicNames` may be published. */
export function internalNamesIn(text: string, publicNames: readonly string[]): InternalName[] {
  const known = publicNames.map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  const allowed: Allowed = {
    names: new Set(known),
    domains: known.filter((name) => /^[\w-]+(?:\.[\w-]+)+$/.test(name)),
  };
  const all = new Map<string, InternalName>();
  let rest = text;
  const take = (
    rule: InternalRule,
    pattern: RegExp,
    judge: (found: string, before: string) => Verdict,
  ): void => {
    const whole = rest;
    rest = whole.replace(pattern, (found: string, ...given: unknown[]) => {
      const at = given.find((one) => typeof one === 'number') ?? 0;
      const verdict = allowed.names.has(found.toLowerCase())
        ? 'passes'
        : judge(found, whole.slice(Math.max(0, at - 40), at));
      if (verdict === 'blocks' || verdict === 'doubtful')
        all.set(`${rule} ${found}`, { rule, found, isDoubtful: verdict === 'doubtful' });
      // No part of what was understood is found again.
      return verdict === 'other' ? found : ' '.repeat(found.length);
    });
  };
  take('secret', patterns.secret, () => 'blocks');
  take('email_address', patterns.email_address, (found) => judgeMailbox(found.toLowerCase(), allowed));
  // What stands in the address of a public page, readers can open.
  const opened = new Set<string>();
  take('host_name', patterns.link, (link) => {
    const name = URL.canParse(link) ? new URL(link).hostname : '';
    if (coverOf(name, allowed) === null || judgeHost(name, allowed) !== 'passes') return 'other';
    for (const [key] of link.matchAll(patterns.ticket_key)) opened.add(key);
    return 'passes';
  });
  take('host_name', patterns.host_name, (found) => judgeHost(found.toLowerCase(), allowed));
  take('ip_address', patterns.ipv4, (found, before) =>
    !privateIpv4.test(found) && beforeVersion.test(before) ? 'passes' : 'blocks',
  );
  take('ip_address', patterns.ipv6, () => 'blocks');
  take('ticket_key', patterns.ticket_key, (found, before) =>
    opened.has(found) ? 'passes' : judgeTicket(found, before),
  );
  take('machine_name', patterns.machine_name, judgeMachine);
  take('customer_name', patterns.customer_name, (found) =>
    [...allowed.names].some((name) => found.toLowerCase().includes(name)) ? 'passes' : 'blocks',
  );
  return [...all.values()];
}

/** A mailbox of a public domain is public, unless its name is that of a person. */
function judgeMailbox(address: string, allowed: Allowed): Verdict {
  const [local = '', domain = ''] = address.split('@');
  // A mailbox at a site that everybody uses is somebody's own.
  const isOurs = allowed.domains.some((ours) => domain === ours || domain.endsWith(`.${ours}`));
  const isCovered = isOurs && judgeHost(domain, allowed) === 'passes';
  const isPerson =
    /^\p{L}+[._]\p{L}{2,}\d{0,3}$/u.test(local) &&
    !local.split(/[._-]/).some((part) => roleMailboxes.has(part));
  return isCovered && !isPerson ? 'passes' : 'blocks';
}

/**
 * A domain by itself is somebody's public name. Below it everything is a host, except where the domain is ours to publish,
 * or the first label says that it is meant for everybody; and never where a label says that it is inside or a machine.
 */
function judgeHost(name: string, allowed: Allowed): Verdict {
  const labels = name.split('.');
  const cover = coverOf(name, allowed);
  if (cover === null && internalEnds.has(labels.at(-1) ?? '')) return 'blocks';
  const ownLabels =
    cover?.split('.').length ?? (names.secondEnds.split(' ').includes(labels.slice(-2).join('.')) ? 3 : 2);
  const below = labels.slice(0, -ownLabels);
  if (below.some((label) => internalLabels.has(label) || judgeMachine(label, '') === 'blocks'))
    return 'blocks';
  if (cover !== null) return 'passes';
  if (
    labels
      .at(-ownLabels)
      ?.split('-')
      .some((part) => internalLabels.has(part))
  )
    return 'blocks';
  return below.length === 0 || publicLabels.has(labels[0] ?? '') ? 'passes' : 'blocks';
}

/** The domain of ours that a name is or lies below, or that of a site everybody knows. */
const coverOf = (name: string, { domains }: Allowed): string | null =>
  [...domains, ...publicSites].find((domain) => name === domain || name.endsWith(`.${domain}`)) ?? null;

function judgeTicket(key: string, before: string): Verdict {
  const [prefix = '', number = ''] = key.split('-');
  if (number === '' || ticketPrefixes.has(prefix)) return 'blocks';
  if (otherPrefixes.has(prefix)) return 'other';
  if (beforeTicket.test(before)) return 'blocks';
  const isYear = /^(?:19|20)\d\d$/.test(number);
  return number.length > 2 && !isYear ? 'blocks' : 'doubtful';
}

/** "db-03", "kv-node-17", "web01": a kind of machine with a number. A product with its version is none. */
function judgeMachine(name: string, _before: string): Verdict {
  if (/^(?:i|vol|vpc|subnet|sg|ami|eni)-[0-9a-f]{8,17}$/.test(name) || /^ip(?:-\d{1,3}){4}$/.test(name))
    return 'blocks';
  if (!/\d$/.test(name)) return 'other';
  const parts = name.toLowerCase().split(/[-_]/);
  const kinds = parts.map((part) => part.replace(/\d+$/, ''));
  const isMachine = kinds.some((kind) => machines.has(kind));
  const isProduct = kinds.some((kind) => products.has(kind));
  if (!isMachine && !isProduct) return 'other';
  // A leading zero or a third part makes it one of many.
  const isOneOfMany = /(?:^|\D)0\d+$/.test(name) || parts.length > 2;
  if (isOneOfMany) return 'blocks';
  return isProduct || /^[A-Z]/.test(name) || (parts.length === 1 && /^\D+\d{1,2}$/.test(name))
    ? 'doubtful'
    : 'blocks';
}

/**
 * The customers that the labels of an incident name: "customer: ACME", "Kunde Muster", or a company by its legal form. Any
 * other label is an ordinary word and stops nothing.
 */
export function customersIn(labels: readonly string[]): string[] {
  const named = new RegExp(names.customerLabel, 'iu');
  const company = new RegExp(`\\s(?:${names.legalForms})$`, 'u');
  return labels.flatMap((label) => {
    const name = named.exec(label.trim())?.[1]?.trim() ?? (company.test(label.trim()) ? label.trim() : '');
    return name.length > 1 ? [name] : [];
  });
}
