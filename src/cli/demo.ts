import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type DemoAccount, demoBegin, loadDemo } from '../../db/demo.ts';
import { newDemoFile } from '../../db/demo-file.ts';
import type { Application } from '../application.ts';
import { type Config, readConfig } from '../config.ts';
import { wordsIn } from '../i18n/words.ts';
import { closeApplication, openApplication, projectRoot } from '../open-application.ts';
import { adminPaths, publicPaths } from '../paths.ts';
import { type RunningServer, startServer } from '../server.ts';
import { noWords } from './command.ts';
import { columns, print, say } from './terminal.ts';
import { logToStderr } from './with-application.ts';

export async function demo(words: string[]): Promise<number> {
  noWords(parseArgs({ args: words, allowPositionals: true }).positionals);
  const config = readConfig();
  say('Making the demo …');
  const databaseUrl = `file:${await newDemoFile(resolve(config.dataDir))}`;
  const { app, company, accounts } = await openDemo({ ...config, databaseUrl });
  const running = await listen(app);
  const address = config.port === 0 ? running.url : config.publicUrl;
  print(invitation(company, address, accounts));
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await running.stop();
  return 0;
}

async function openDemo(config: Config) {
  const begin = demoBegin(new Date());
  const log = logToStderr(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const past = await openApplication(config, { log, now: () => begin, isDemo: true });
  const app: Application = { ...past, now: () => new Date() };
  try {
    return {
      app,
      ...(await loadDemo(
        { store: app.store, renderTexts: app.safeHtml.render, now: app.now() },
        projectRoot,
      )),
    };
  } catch (error) {
    await closeApplication(app);
    throw error;
  }
}

async function listen(app: Application): Promise<RunningServer> {
  try {
    return await startServer(app);
  } catch (error) {
    await closeApplication(app);
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw isTaken ? new Error(`Port ${app.config.port} is in use. Set PORT to another one.`) : error;
  }
}

function invitation(company: string, address: string, accounts: readonly DemoAccount[]): string {
  const addresses = [
    [`${address}${publicPaths.home('en')}`, 'the status page, German under /de'],
    [`${address}${adminPaths.desk}`, 'the desk, for these people'],
  ];
  const people = accounts.map(({ email, password, language, name }) => [
    email,
    password,
    wordsIn.en.terms.language[language],
    name,
  ]);
  const indent = (text: string): string => text.replace(/^/gm, '  ');
  return [
    `${company}, a fictitious company, is running:`,
    indent(columns(addresses)),
    indent(columns([['E-MAIL', 'PASSWORD', 'LANGUAGE', 'NAME'], ...people])),
    'Ctrl+C ends it. The next start makes everything anew, passwords too.',
  ].join('\n\n');
}
