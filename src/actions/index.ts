import { account } from './account.ts';
import { categories } from './categories.ts';
import { closing } from './closing.ts';
import { components } from './components.ts';
import { drafts } from './drafts.ts';
import { groups } from './groups.ts';
import { incidents } from './incidents.ts';
import { log } from './log.ts';
import { maintenance } from './maintenance.ts';
import { meetings } from './meetings.ts';
import { notPublic } from './not-public.ts';
import { notices } from './notices.ts';
import { policy } from './policy.ts';
import { problems } from './problems.ts';
import { remediation } from './remediation.ts';
import { reportText } from './report-text.ts';
import { reports } from './reports.ts';
import { restricted } from './restricted.ts';
import { roster } from './roster.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { templates } from './templates.ts';
import { tokens } from './tokens.ts';
import { users } from './users.ts';

/** Every form of the admin area: one short file per noun, each action calls one verb. */
export const server = {
  account,
  categories,
  closing,
  components,
  drafts,
  groups,
  incidents,
  log,
  meetings,
  notices,
  policy,
  maintenance,
  reportText,
  reports,
  problems,
  remediation,
  restricted,
  roster,
  sessions,
  settings,
  setup,
  templates,
  tokens,
  notPublic,
  users,
};
