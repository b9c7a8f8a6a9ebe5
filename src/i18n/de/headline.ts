import type { headline as en } from '../en/headline.ts';

export const headline: typeof en = {
  predicates: {
    degraded_performance: ['ist eingeschränkt', 'sind eingeschränkt'],
    partial_outage: ['ist teilweise ausgefallen', 'sind teilweise ausgefallen'],
    major_outage: ['ist ausgefallen', 'sind ausgefallen'],
    under_maintenance: ['wird gewartet', 'werden gewartet'],
  },
  allWorking: 'Alles funktioniert.',
  restWorking: 'Alles andere funktioniert.',
  moreAffected: (count) =>
    count === 1 ? 'Ein weiterer Bereich ist betroffen.' : `${count} weitere Bereiche sind betroffen.`,
};
