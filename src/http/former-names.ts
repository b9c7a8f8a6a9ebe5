/** Pages and forms by the names they had before: a page that is open in a browser, or a bookmark, still uses them. */
const pages = new Map([['/admin/log', '/admin/not-public']]);

const forms = new Map([
  ['unpublished.log', 'notPublic.record'],
  ['unpublished.reason', 'notPublic.reason'],
  ['unpublished.revoke', 'notPublic.revoke'],
  ['unpublished.customers', 'notPublic.customers'],
  ['unpublished.label', 'notPublic.label'],
  ['restricted.handOver', 'restricted.refer'],
]);

/** What the form of this name is called today. */
export const presentForm = (name: string): string => forms.get(name) ?? name;

/** The path and question of a request, as they are called today; what never had another name stays as it is. */
export function presentAddress(address: string): string {
  const [path = '', ...question] = address.split('?');
  const page = pages.get(path.replace(/\/$/, '')) ?? path;
  return [page, ...question]
    .join('?')
    .replace(/([?&]_action=)([\w.]+)/, (_all, before: string, name: string) => before + presentForm(name));
}
