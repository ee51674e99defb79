import { type ConfigData, HtmlValidate } from 'html-validate';
import type { BuiltPage } from './pages.ts';

/** The rules every built page keeps; a rule that is off says why. */
export const HTML_RULES: ConfigData = {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Ids made from Chinese headings may begin with a digit (「12381 是什么」): valid since HTML5.
    'valid-id': ['error', { relaxed: true }],
    // `list-style: none` takes a list's meaning from VoiceOver unless the role says it again:
    // https://bugs.webkit.org/show_bug.cgi?id=170179
    'no-redundant-role': 'off',
    // The suggestions under the search box: a `<select>` cannot be one (https://www.w3.org/TR/wai-aria-practices/#combobox).
    'prefer-native-element': ['error', { exclude: ['listbox'] }],
    // Whitespace and quotes are the serialiser's, not ours.
    'no-trailing-whitespace': 'off',
    'attr-quotes': 'off',
    // `<!doctype html>` in lower case is what HTML's own standard writes.
    'doctype-style': 'off',
    'void-style': 'off',
  },
};

/** What html-validate finds wrong with pages, as `/address/ line:column rule what`. */
export async function htmlFaults(pages: readonly Pick<BuiltPage, 'address' | 'html'>[]): Promise<string[]> {
  const validator = new HtmlValidate(HTML_RULES);
  const faults: string[] = [];
  for (const { address, html } of pages)
    for (const { messages } of (await validator.validateString(html, address)).results)
      for (const { ruleId, message, line, column } of messages)
        faults.push(`${address} ${line}:${column} ${ruleId} ${message}`);
  return faults;
}
