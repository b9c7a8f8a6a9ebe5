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
} from '../../db/words.ts';

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
  componentType: Record<ComponentType, string>;
}

export const terms: Record<Language, Terms> = {
  en: {
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
    language: { en: 'English', de: 'German' },
    componentType: {
      website: 'Website',
      api: 'API',
      third_party_interface: 'Third-party interface',
      network: 'Network',
      vendor: 'Vendor software or hardware',
    },
  },
  de: {
    status: {
      operational: 'Funktioniert',
      under_maintenance: 'Wartung',
      degraded_performance: 'Eingeschränkt',
      partial_outage: 'Teilausfall',
      major_outage: 'Ausfall',
    },
    statusInText: {
      operational: 'funktioniert',
      under_maintenance: 'Wartung',
      degraded_performance: 'eingeschränkt',
      partial_outage: 'Teilausfall',
      major_outage: 'Ausfall',
    },
    phase: {
      investigating: 'Wird untersucht',
      identified: 'Ursache erkannt',
      monitoring: 'Wird beobachtet',
      resolved: 'Behoben',
      scheduled: 'Geplant',
      in_progress: 'Läuft',
      verifying: 'Wird geprüft',
      completed: 'Abgeschlossen',
      cancelled: 'Abgesagt',
    },
    occasion: {
      investigating: 'Wird untersucht',
      identified: 'Ursache erkannt',
      no_news: 'Zwischenstand',
      monitoring: 'Wird beobachtet',
      resolved: 'Behoben',
      reopened: 'Erneut gestört',
      correction: 'Korrektur',
      scheduled: 'Geplant',
      in_progress: 'Läuft',
      extended: 'Verlängert',
      verifying: 'Wird geprüft',
      completed: 'Abgeschlossen',
      cancelled: 'Abgesagt',
    },
    impact: {
      none: 'Keine',
      minor: 'Gering',
      major: 'Erheblich',
      critical: 'Kritisch',
      maintenance: 'Wartung',
    },
    kind: { incident: 'Störung', maintenance: 'Wartung' },
    role: {
      csup: 'Kundensupport in Bereitschaft',
      sre: 'Zuverlässigkeit (SRE)',
      engineer: 'Technik',
      manager: 'Management',
      security: 'Sicherheit',
      admin: 'Administration',
    },
    language: { en: 'Englisch', de: 'Deutsch' },
    componentType: {
      website: 'Website',
      api: 'Schnittstelle (API)',
      third_party_interface: 'Schnittstelle Dritter',
      network: 'Netzwerk',
      vendor: 'Software oder Hardware Dritter',
    },
  },
};

/** What each language calls itself, beside a text that is written in it. */
export const nativeNames: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** What an update is called in lists: its occasion, or its phase where it has none. */
export const headingOf = (
  { occasion, phase }: { occasion: Occasion | null; phase: Phase },
  language: Language,
): string => (occasion ? terms[language].occasion[occasion] : terms[language].phase[phase]);
