import type { Command } from './command.ts';

/** Every command by its name, in the order in which the list shows them. */
export const commands: Record<string, Command> = {
  serve: {
    usage: '[--new]',
    says: 'what “npm start” runs; --new begins a new instance although DATA_DIR knows one whose database is missing or empty',
    load: async () => {
      const { serve } = await import('../serve.ts');
      return async (words) => {
        await serve(words);
        return 0;
      };
    },
  },
  migrate: {
    usage: '[--new]',
    says: 'bring the database to the newest schema and load the words that come with the product; --new as above',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  'setup-link': {
    usage: '',
    says: 'print a new link with which the first administrator sets this page up, once',
    load: async () => (await import('./setup-link.ts')).setupLink,
  },
  'user add': {
    usage: '<email> --role <role>… [--name <name>] [--language en|de]',
    says: 'add a user; the password comes from standard input, or a random one is printed once',
    load: async () => (await import('./user-add.ts')).userAdd,
  },
  'user password': {
    usage: '<email>',
    says: 'set a password, from standard input or a random one, end the sessions of that user, and list the tokens to decide on',
    load: async () => (await import('./user-password.ts')).userPassword,
  },
  'user disable': {
    usage: '<email>',
    says: 'end all access of a user: sessions and tokens too',
    load: async () => (await import('./user-disable.ts')).userDisable,
  },
  'user enable': {
    usage: '<email>',
    says: 'let a disabled user sign in again',
    load: async () => (await import('./user-disable.ts')).userEnable,
  },
  'user list': {
    usage: '[--json]',
    says: 'list all users',
    load: async () => (await import('./user-list.ts')).userList,
  },
  'token add': {
    usage: '<email> --name <name> [--role <role>…]',
    says: 'make an API token for a user and print it once; without --role it has all roles of the user',
    load: async () => (await import('./token-add.ts')).tokenAdd,
  },
  'token list': {
    usage: '[--json]',
    says: 'list the tokens that are not revoked; never the tokens themselves',
    load: async () => (await import('./token-list.ts')).tokenList,
  },
  'token keep': {
    usage: '<id>',
    says: 'say that a token stays although the password of its user was changed',
    load: async () => (await import('./token-keep.ts')).tokenKeep,
  },
  'token revoke': {
    usage: '<id>',
    says: 'revoke a token, by the id that “token list” shows',
    load: async () => (await import('./token-revoke.ts')).tokenRevoke,
  },
  'import statuspage': {
    usage: '<file or url>… [--language en|de] [--json]',
    says: 'take over the history of a Statuspage page; “-” reads standard input; a second run changes nothing',
    load: async () => (await import('./import-statuspage.ts')).importFromStatuspage,
  },
  'templates export': {
    usage: '<folder>',
    says: 'write the newest version of every template as Markdown files, a folder for the base and each category',
    load: async () => (await import('./templates-files.ts')).templatesExport,
  },
  'templates import': {
    usage: '<folder> [--json]',
    says: 'take over templates from such a folder, as new versions that wait for approval; the same text adds nothing',
    load: async () => (await import('./templates-files.ts')).templatesImport,
  },
  verify: {
    usage: '[--json]',
    says: 'check the database and the chain of audit entries; changes nothing',
    load: async () => (await import('./verify.ts')).verify,
  },
  demo: {
    usage: '',
    says: 'show everything with a fictitious company, in a database of its own that is made anew at each start',
    load: async () => (await import('./demo.ts')).demo,
  },
};
