import { audit } from './audit.ts';
import { catalogue } from './catalogue.ts';
import { closing } from './closing.ts';
import { composer } from './composer.ts';
import { desk } from './desk.ts';
import { due } from './due.ts';
import { forms } from './forms.ts';
import { headline } from './headline.ts';
import { lint } from './lint.ts';
import { log } from './log.ts';
import { maintenance } from './maintenance.ts';
import { maintenanceDesk } from './maintenance-desk.ts';
import { meetings } from './meetings.ts';
import { milestones } from './milestones.ts';
import { notPublic } from './not-public.ts';
import { page } from './page.ts';
import { policy } from './policy.ts';
import { policyText } from './policy-text.ts';
import { problems } from './problems.ts';
import { promises } from './promises.ts';
import { publishing } from './publishing.ts';
import { refusals } from './refusals.ts';
import { refused } from './refused.ts';
import { reportEditor } from './report-editor.ts';
import { reportFindings } from './report-findings.ts';
import { reportPlaces } from './report-places.ts';
import { reportReview } from './report-review.ts';
import { reports } from './reports.ts';
import { restricted } from './restricted.ts';
import { roster } from './roster.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { standIns } from './stand-ins.ts';
import { templateEditor } from './template-editor.ts';
import { templates } from './templates.ts';
import { terms } from './terms.ts';
import { time } from './time.ts';
import { unavailable } from './unavailable.ts';
import { users } from './users.ts';

/** All words in English; the other languages are checked against them. */
export const en = {
  audit,
  catalogue,
  closing,
  composer,
  desk,
  due,
  forms,
  headline,
  lint,
  log,
  maintenance,
  maintenanceDesk,
  meetings,
  milestones,
  notPublic,
  page,
  policy,
  policyText,
  problems,
  promises,
  publishing,
  refusals,
  refused,
  reportEditor,
  reportFindings,
  reportPlaces,
  reportReview,
  reports,
  restricted,
  roster,
  settings,
  setup,
  standIns,
  templateEditor,
  templates,
  terms,
  time,
  unavailable,
  users,
};

export type Words = typeof en;
