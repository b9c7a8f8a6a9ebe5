/** The names of our closed lists in both languages; a missing one is a type error. */
import type {
  ComponentStatus,
  ComponentType,
  Impact,
  IncidentKind,
  Language,
  Occasion,
  Phase,
  Role,
} from '../../../db/words.ts';

interface Terms {
  status: Record<ComponentStatus, string>;
  /** The same within a sentence or in brackets. */
  statusInText: Record<ComponentStatus, string>;
  phase: Record<Phase, string>;
  occasion: Record<Occasion, string>;
  impact: Record<Impact, string>;
  kind: Record<IncidentKind, string>;
  role: Record<Role, string>;
  language: Record<Language, string>;
  /** Behind what is written in it: "Text in German". */
  inLanguage: Record<Language, string>;
  /** What the language calls itself, beside a text that is written in it. */
  ownName: string;
  componentType: Record<ComponentType, string>;
}

export const terms: Terms = {
  status: {
    operational: 'Working',
    under_maintenance: 'Maintenance',
    degraded_performance: 'Degraded',
    partial_outage: 'Partial outage',
    major_outage: 'Major outage',
  },
  statusInText: {
    operational: 'working',
    under_maintenance: 'maintenance',
    degraded_performance: 'degraded',
    partial_outage: 'partial outage',
    major_outage: 'major outage',
  },
  phase: {
    investigating: 'Investigating',
    identified: 'Identified',
    monitoring: 'Monitoring',
    resolved: 'Resolved',
    scheduled: 'Scheduled',
    in_progress: 'In progress',
    verifying: 'Verifying',
    completed: 'Completed',
    cancelled: 'Cancelled',
  },
  occasion: {
    investigating: 'Investigating',
    identified: 'Identified',
    no_news: 'No news yet',
    monitoring: 'Monitoring',
    resolved: 'Resolved',
    reopened: 'Reopened',
    correction: 'Correction',
    scheduled: 'Scheduled',
    in_progress: 'In progress',
    extended: 'Extended',
    verifying: 'Verifying',
    completed: 'Completed',
    cancelled: 'Cancelled',
  },
  impact: {
    none: 'None',
    minor: 'Minor',
    major: 'Major',
    critical: 'Critical',
    maintenance: 'Maintenance',
  },
  kind: { incident: 'Incident', maintenance: 'Maintenance' },
  role: {
    csup: 'Customer support on call',
    sre: 'Site reliability (SRE)',
    engineer: 'Engineer',
    manager: 'Manager',
    security: 'Security',
    admin: 'Administrator',
  },
  componentType: {
    website: 'Website',
    api: 'API',
    third_party_interface: 'Third-party interface',
    network: 'Network',
    vendor: 'Vendor software or hardware',
  },
  language: { en: 'English', de: 'German' },
  inLanguage: { en: 'in English', de: 'in German' },
  ownName: 'English',
};
