/** What html-validate asks of our pages. */
import type { ConfigData } from 'html-validate';

export const validated: ConfigData = {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:a11y', 'html-validate:standard'],
  rules: {
    // The answer stands in the title (U-01), however many words it needs.
    'long-title': 'off',
    // A button of ours submits its form unless it says otherwise; Biome's rule is off for the same reason.
    'no-implicit-button-type': 'off',
    // A hidden field gives the value that a box or button of the same name replaces when it is used.
    'form-dup-name': 'off',
  },
};
