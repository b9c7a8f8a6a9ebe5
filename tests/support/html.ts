/** What html-validate asks of our pages, and the words in them. */
import { type ConfigData, HtmlValidate } from 'html-validate';

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

/** What is wrong with a page's HTML, as "line rule: message". */
export async function faultsOf(
  html: string,
  asked: ConfigData = { extends: ['html-validate:standard'] },
): Promise<string[]> {
  const { results } = await new HtmlValidate(asked).validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`),
  );
}

/** The words of a page as they are read, in one line. */
export const visible = (html: string): string =>
  html
    .replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
